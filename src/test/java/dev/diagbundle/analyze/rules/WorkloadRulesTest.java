package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.rules.SampleObjects.READY;
import static dev.diagbundle.analyze.rules.SampleObjects.UNREADY;
import static dev.diagbundle.analyze.rules.SampleObjects.event;
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

/// Rules about Deployments, DaemonSets and StatefulSets, and about the creation of pods.
final class WorkloadRulesTest {
  private static final String UNAVAILABLE =
      "{'observedGeneration':1,'conditions':[{'type':'Available','status':'False',"
          + "'lastTransitionTime':'2026-11-21T03:00:00Z'},{'type':'Progressing','status':'False',"
          + "'reason':'ProgressDeadlineExceeded','message':'has timed out'}]}";
  private static final String SET = "{'kind':'ReplicaSet','name':'api','controller':true}";

  @Test
  void deploymentWithoutAnyPodAvailableIsCritical() {
    var bundle =
        new ClusterBundle()
            .objects("deployments/shop.json", object("api", "{'replicas':2}", UNAVAILABLE))
            .objects("pods/shop.json", owned("a", "Deployment", "api", "", UNREADY));
    var finding = only(bundle, new WorkloadUnavailable());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(
        "Deployment shop/api: 0 of 2 pods available since 03:00:00: pods ContainerCreating",
        finding.title());
    assertEquals(List.of("n1"), finding.nodes());
  }

  @Test
  void statefulSetWithOnePodOfTwoIsAWarning() {
    var bundle =
        new ClusterBundle()
            .objects(
                "statefulsets/shop.json",
                object("db", "{'replicas':2}", "{'observedGeneration':1,'availableReplicas':1}"))
            .objects(
                "pods/shop.json",
                owned("db-0", "StatefulSet", "db", "", READY),
                owned("db-1", "StatefulSet", "db", "", UNREADY));
    assertEquals(Severity.WARNING, only(bundle, new WorkloadUnavailable()).severity());
  }

  @Test
  void rolloutThatGoesOnAndWorkloadsScaledToNothingAreNoFinding() {
    var rolling =
        "{'observedGeneration':1,'availableReplicas':1,'conditions':[{'type':'Available',"
            + "'status':'True'},{'type':'Progressing','status':'True','reason':"
            + "'ReplicaSetUpdated'}]}";
    var bundle =
        new ClusterBundle()
            .objects(
                "deployments/shop.json",
                object("api", "{'replicas':2}", rolling),
                object("zero", "{'replicas':0}", UNAVAILABLE));
    assertEquals(List.of(), bundle.findings(new WorkloadUnavailable()));
  }

  @Test
  void deploymentsWithOneCauseInCommonAreOneFinding() {
    var bundle =
        new ClusterBundle()
            .objects(
                "deployments/shop.json",
                object("a", "{'replicas':2}", UNAVAILABLE),
                object("b", "{'replicas':2}", UNAVAILABLE),
                object("c", "{'replicas':2}", UNAVAILABLE));
    var finding = only(bundle, new WorkloadUnavailable());
    assertEquals(3, finding.count());
    assertTrue(finding.title().startsWith("3 workloads (shop/a, shop/b, shop/c)"), finding.title());
  }

  @Test
  void rolloutBeyondItsDeadlineIsStalled() {
    var bundle =
        new ClusterBundle()
            .objects("deployments/shop.json", object("api", "{'replicas':2}", UNAVAILABLE));
    var finding = only(bundle, new RolloutStalled());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(
        "Rollout of Deployment shop/api stalled at 0/2: ProgressDeadlineExceeded", finding.title());
    var paused =
        new ClusterBundle()
            .objects(
                "deployments/shop.json",
                object("api", "{'replicas':2,'paused':true}", UNAVAILABLE));
    assertEquals(Severity.INFO, only(paused, new RolloutStalled()).severity());
  }

  @Test
  void statefulSetWhoseNewestPodIsNotReadyIsStalledButNotBeyondItsPartition() {
    assertEquals(
        "Rollout of StatefulSet shop/db stalled at 1/3: the newest pod is not ready"
            + " (ContainerCreating)",
        only(statefulSet("0"), new RolloutStalled()).title());
    assertEquals(List.of(), statefulSet("2").findings(new RolloutStalled()));
  }

  @Test
  void quotaThatIsUsedUpBlocksOwnersTogether() {
    var quota = "pods \\'x\\' is forbidden: exceeded quota: q, requested: pods=1, used: pods=5";
    var bundle =
        new ClusterBundle()
            .objects(
                "events/shop.json",
                event("FailedCreate", "ReplicaSet", "api", quota),
                event("FailedCreate", "Job", "report", quota));
    var finding = only(bundle, new PodCreationBlocked());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(2, finding.count());
    assertTrue(
        finding
            .title()
            .startsWith(
                "2 workloads cannot create pods: quota shop/q is exceeded (requested: pods=1"),
        finding.title());
  }

  @Test
  void failureBeforeALaterSuccessIsNoFinding() {
    var made =
        event("SuccessfulCreate", "ReplicaSet", "api", "made").replace("03:12:00", "03:13:00");
    var bundle =
        new ClusterBundle()
            .objects("events/shop.json", event("FailedCreate", "ReplicaSet", "api", "no"), made);
    assertEquals(List.of(), bundle.findings(new PodCreationBlocked()));
  }

  @Test
  void replicaSetsConditionNamesTheMissingAccount() {
    var status =
        "{'conditions':[{'type':'ReplicaFailure','status':'True','reason':'FailedCreate','message':"
            + "'pods \\'a-\\' is forbidden: error looking up service account shop/sa: not found'}]}";
    var set =
        object("api-1", "{}", status)
            .replace(
                "\"generation\":1",
                "\"ownerReferences\":[" + json(SET.replace("ReplicaSet", "Deployment")) + "]");
    var finding =
        only(new ClusterBundle().objects("replicasets/shop.json", set), new PodCreationBlocked());
    assertEquals(
        "Deployment shop/api cannot create pods: ServiceAccount shop/sa does not exist",
        finding.title());
  }

  @Test
  void daemonSetOfTheNetworkIsCriticalAndNamesItsNodes() {
    var finding = only(daemons("kube-proxy", UNREADY), new DaemonsetIncomplete());
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(
        "DaemonSet shop/kube-proxy is missing on 1 node (n1): pods ContainerCreating",
        finding.title());
    assertEquals(
        Severity.WARNING, only(daemons("exporter", UNREADY), new DaemonsetIncomplete()).severity());
  }

  @Test
  void daemonSetWhosePodIsYoungIsNoFinding() {
    var young = UNREADY.replace("03:00:00", "03:14:30");
    assertEquals(List.of(), daemons("kube-proxy", young).findings(new DaemonsetIncomplete()));
  }

  @Test
  void daemonSetThatFitsNoNodeIsInformation() {
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("daemonsets/shop.json", object("gpu", "{}", "{'observedGeneration':1}"));
    var finding = only(bundle, new DaemonsetIncomplete());
    assertEquals(Severity.INFO, finding.severity());
    assertEquals("DaemonSet shop/gpu matches no node", finding.title());
  }

  @Test
  void statefulSetWaitsAtItsLowestPodThatIsNotReady() {
    var finding = only(ordered(""), new StatefulsetStuck());
    assertEquals(
        "StatefulSet shop/db is blocked at ordinal 1 (db-1: ContainerCreating)", finding.title());
    assertEquals(
        List.of(), ordered(",'podManagementPolicy':'Parallel'").findings(new StatefulsetStuck()));
  }

  private static ClusterBundle ordered(String policy) {
    return new ClusterBundle()
        .objects(
            "statefulsets/shop.json",
            object("db", "{'replicas':3" + policy + "}", "{'observedGeneration':1}"))
        .objects(
            "pods/shop.json",
            owned("db-0", "StatefulSet", "db", "", READY),
            owned("db-1", "StatefulSet", "db", "", UNREADY));
  }

  private static ClusterBundle statefulSet(String partition) {
    var spec = "{'replicas':3,'updateStrategy':{'rollingUpdate':{'partition':" + partition + "}}}";
    var status =
        "{'observedGeneration':1,'updatedReplicas':1,'currentRevision':'r1','updateRevision':'r2'}";
    var newest =
        owned("db-2", "StatefulSet", "db", "", UNREADY)
            .replace(
                "\"namespace\"", "\"labels\":{\"controller-revision-hash\":\"r2\"},\"namespace\"");
    return new ClusterBundle()
        .objects("statefulsets/shop.json", object("db", spec, status))
        .objects("pods/shop.json", newest);
  }

  private static ClusterBundle daemons(String name, String status) {
    return new ClusterBundle()
        .objects(
            "daemonsets/shop.json",
            object(
                name, "{}", "{'observedGeneration':1,'desiredNumberScheduled':2,'numberReady':1}"))
        .objects(
            "pods/shop.json",
            owned("a", "DaemonSet", name, "", status),
            owned("b", "DaemonSet", name, "", READY));
  }

  private static Finding only(ClusterBundle bundle, Rule rule) {
    var findings = bundle.findings(rule);
    assertEquals(1, findings.size(), findings::toString);
    return findings.getFirst();
  }
}
