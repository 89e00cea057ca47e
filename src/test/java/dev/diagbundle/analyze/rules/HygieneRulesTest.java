package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.SampleObjects.READY;
import static dev.diagbundle.analyze.rules.SampleObjects.node;
import static dev.diagbundle.analyze.rules.SampleObjects.object;
import static dev.diagbundle.analyze.rules.SampleObjects.owned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about jobs, autoscalers, budgets, leftovers and what nothing replaces.
final class HygieneRulesTest {
  private static final String FAILED =
      "{'failed':2,'conditions':[{'type':'Failed','status':'True','reason':'BackoffLimitExceeded',"
          + "'lastTransitionTime':'2026-11-21T03:00:00Z'}]}";

  @Test
  void failedJobIsAWarningUntilALaterRunSucceeds() {
    var bundle = new ClusterBundle().objects("jobs/shop.json", job("r-1", FAILED));
    var finding = only(bundle, new JobFailed());
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals("Job shop/r-1 failed: BackoffLimitExceeded after 2 pods", finding.title());
    assertEquals("CronJob shop/r", finding.owners().getFirst().toString());
    var later =
        new ClusterBundle()
            .objects(
                "jobs/shop.json",
                job("r-1", FAILED),
                job("r-2", "{'succeeded':1,'completionTime':'2026-11-21T03:10:00Z'}"));
    assertEquals(Severity.INFO, only(later, new JobFailed()).severity());
  }

  @Test
  void jobThatWasTriedTwiceAndThenEndedWellIsNoFinding() {
    var bundle =
        new ClusterBundle().objects("jobs/shop.json", job("r-1", "{'failed':2,'succeeded':1}"));
    assertEquals(List.of(), bundle.findings(new JobFailed()));
  }

  @Test
  void autoscalersWithoutNumbersAreOneFindingAndOneThatIsOffIsNone() {
    var bundle = scalers("FailedGetResourceMetric", "02:30:00");
    assertEquals(
        "2 HPAs shop/a, shop/b cannot scale: FailedGetResourceMetric",
        only(bundle, new HpaNotScaling()).title());
    assertEquals(List.of(), scalers("ScalingDisabled", "02:30:00").findings(new HpaNotScaling()));
    assertEquals(
        List.of(), scalers("FailedGetResourceMetric", "03:13:00").findings(new HpaNotScaling()));
  }

  @Test
  void budgetThatAllowsNothingIsAWarningIfANodeIsDrained() {
    var budget =
        object(
            "web",
            "{'minAvailable':1,'selector':{'matchLabels':{'app':'web'}}}",
            "{'disruptionsAllowed':0,'expectedPods':2,'currentHealthy':1,'desiredHealthy':1}");
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("pods/shop.json", pod("web-1", "web", READY))
            .objects("pod-disruption-budgets/shop.json", budget);
    var finding = only(bundle, new DisruptionBlocked());
    assertEquals(Severity.INFO, finding.severity());
    assertEquals("PDB shop/web: allows no eviction now (1/1 healthy)", finding.title());
    bundle.objects(
        "nodes.json", node("n1", "True").replace("\"spec\":{", "\"spec\":{\"unschedulable\":true"));
    assertEquals(Severity.WARNING, only(bundle, new DisruptionBlocked()).severity());
    var free =
        new ClusterBundle()
            .objects(
                "pod-disruption-budgets/shop.json",
                budget.replace("\"disruptionsAllowed\":0", "\"disruptionsAllowed\":1"));
    assertEquals(List.of(), free.findings(new DisruptionBlocked()));
  }

  @Test
  void evictedPodsOfOneCauseAreOneFindingAndOldOnesAreInformation() {
    var bundle =
        new ClusterBundle()
            .objects(
                "pods/shop.json",
                evicted("a", "2026-11-21T03:00:00Z"),
                evicted("b", "2026-11-21T03:00:00Z"),
                evicted("old", "2026-11-10T03:00:00Z"),
                pod("alive", "web", READY));
    var findings = bundle.findings(new PodEvictedOrRejected());
    assertEquals(
        List.of(
            "2 pods evicted or rejected on n1: Evicted, ephemeral-storage",
            "1 pod evicted or rejected on n1: Evicted, ephemeral-storage, more than a day ago"),
        findings.stream().map(Finding::title).toList());
    assertEquals(Severity.WARNING, findings.getFirst().severity());
  }

  @Test
  void podThatGoesOnTerminatingOnADeadNodeSaysSo() {
    var gone =
        owned("db-0", "StatefulSet", "db", "", READY)
            .replace("\"uid\"", "\"deletionTimestamp\":\"2026-11-21T03:00:00Z\",\"uid\"");
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "Unknown"))
            .objects("pods/shop.json", gone);
    var finding = only(bundle, new ObjectStuckTerminating());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(
        "1 Pod stuck terminating for 15 minutes: its node is not ready (shop/db-0)",
        finding.title());
    var young = new ClusterBundle().objects("pods/shop.json", gone.replace("03:00:00", "03:14:00"));
    assertEquals(List.of(), young.findings(new ObjectStuckTerminating()));
  }

  @Test
  void claimThatAPodStillUsesStaysByDesign() {
    var claim =
        object("data", "{}", "{}")
            .replace(
                "\"uid\"",
                "\"deletionTimestamp\":\"2026-11-21T03:00:00Z\",\"finalizers\":"
                    + "[\"kubernetes.io/pvc-protection\"],\"uid\"");
    var used =
        new ClusterBundle()
            .objects("pvcs/shop.json", claim)
            .objects("pods/shop.json", owned("db-0", "StatefulSet", "db", "data", READY));
    assertEquals(List.of(), used.findings(new ObjectStuckTerminating()));
    var unused = new ClusterBundle().objects("pvcs/shop.json", claim);
    assertTrue(
        only(unused, new ObjectStuckTerminating())
            .title()
            .contains("finalizer kubernetes.io/pvc-protection"));
  }

  @Test
  void barePodsAreSinglePointsOnlyWhereThereIsMoreThanOneNode() {
    var one =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("pods/shop.json", pod("a", "", READY), pod("b", "b", READY));
    assertEquals(List.of(), one.findings(new ResilienceGap()));
    one.objects("nodes.json", node("n1", "True"), node("n2", "True"));
    assertEquals(
        "1 single point of failure: pods without a controller (shop/a)",
        only(one, new ResilienceGap()).title());
  }

  @Test
  void debugPodsAreNamedUnlessTheyHaveEnded() {
    var left = pod("node-debugger-n1-x7k2p", "", READY);
    assertEquals(
        "1 left over from debugging: kubectl debug pods for nodes (shop/node-debugger-n1-x7k2p)",
        only(new ClusterBundle().objects("pods/shop.json", left), new DebugArtifactsLeft())
            .title());
    var ended = left.replace("Running", "Succeeded");
    assertEquals(
        List.of(),
        new ClusterBundle().objects("pods/shop.json", ended).findings(new DebugArtifactsLeft()));
  }

  private static String job(String name, String status) {
    return object(name, "{}", status)
        .replace(
            "\"uid\"",
            json("'ownerReferences':[{'kind':'CronJob','name':'r','controller':true}],'uid'"));
  }

  private static ClusterBundle scalers(String reason, String since) {
    var status =
        "{'conditions':[{'type':'ScalingActive','status':'False','reason':'"
            + reason
            + "','lastTransitionTime':'2026-11-21T"
            + since
            + "Z'}]}";
    return new ClusterBundle()
        .file(
            "cluster-resources/custom-resources/horizontalpodautoscalers.autoscaling/shop.json",
            "[\n" + object("a", "{}", status) + ",\n" + object("b", "{}", status) + "\n]");
  }

  private static String evicted(String name, String at) {
    return pod(
        name,
        "web",
        "{'phase':'Failed','reason':'Evicted','message':'The node was low on resource:"
            + " ephemeral-storage. Threshold quantity: 1Gi','conditions':[{'type':'Ready','status':"
            + "'False','lastTransitionTime':'"
            + at
            + "'}]}");
  }

  private static Finding only(ClusterBundle bundle, Rule rule) {
    var findings = bundle.findings(rule);
    assertEquals(1, findings.size(), findings::toString);
    return findings.getFirst();
  }
}
