package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.json;
import static dev.diagbundle.analyze.ClusterBundle.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about what the collection could not get, and bundles in which all is well.
final class CollectionRulesTest {
  private static final String READY =
      "{'phase':'Running','conditions':[{'type':'Ready','status':'True'}]}";
  private static final String SERVICE =
      json(
          "{'metadata':{'name':'web','namespace':'shop'},'spec':{'type':'ClusterIP',"
              + "'selector':{'app':'wbe'}}}");

  private static final String ETCD =
      json(
          "{'metadata':{'name':'etcd-n1','namespace':'kube-system','uid':'u-etcd','labels':"
              + "{'component':'etcd'},'annotations':{'kubernetes.io/config.mirror':'0a'}},'spec':"
              + "{'nodeName':'n1'},'status':{'phase':'Running','conditions':[{'type':'Ready',"
              + "'status':'True'}]}}");

  @Test
  void missingSlicesMakeNoServiceEmpty() {
    var analysis =
        analyze(
            new ClusterBundle()
                .without("clusterDump/endpointslices.discovery.k8s.io")
                .objects("services/shop.json", SERVICE));
    assertEquals(List.of(), analysis.roots());
    var verdict =
        analysis.results().stream()
            .filter(result -> result.check().id().equals("service-no-endpoints"))
            .findFirst()
            .orElseThrow()
            .verdict();
    assertEquals(new Verdict.Unknown(List.of("endpoint slices: not collected")), verdict);
  }

  @Test
  void collectionSaysWhatItCouldNotGet() {
    var analysis =
        analyze(
            new ClusterBundle()
                .objects("nodes.json", node("n1", "True"))
                .interrupted("INT")
                .item(
                    "nodeLogs/n1/kubelet",
                    new Outcome.Skipped(Reason.UNSUPPORTED, "answered with a listing"))
                .item(
                    "podLogs/n1/shop/a/app-previous",
                    new Outcome.Skipped(
                        Reason.NOT_FOUND, "unable to retrieve container logs for containerd://0f"))
                .item("nodeFiles/n1/syslog", new Outcome.Partial(Reason.TRUNCATED, "cut"))
                .item(
                    "clusterDump/leases",
                    new Outcome.Failed(Reason.FORBIDDEN, "leases is forbidden")));
    assertEquals(List.of("bundle-incomplete"), ids(analysis.bundle()));
    assertEquals(
        List.of(
            "collect-forbidden", "nodelog-query-disabled", "log-body-is-error", "log-incomplete"),
        ids(analysis.collection()));
    assertEquals(List.of(), analysis.roots());
  }

  @Test
  void kubeletLogThatEndsEarlyIsIncompleteIfItsLeaseIsFresh() {
    var early = "Nov 21 02:40:00.000001 n1 kubelet[1]: I1121 02:40:00.000001 1 a.go:1] done\n\n";
    var finding = TestObjects.one(analyze(kubelet(early, "03:15:00")), "log-incomplete");
    assertEquals(Severity.INFO, finding.severity());
    assertEquals(List.of("n1"), finding.nodes());
    assertTrue(finding.title().contains("newest line at 02:40"), finding.title());
    // Without a lease that is fresh, the kubelet has stopped.
    assertEquals(List.of(), TestObjects.all(kubelet(early, "02:40:05"), "log-incomplete"));
    // An hour may be the zone of the node, which no line says.
    var zone = early.replace("02:40:00", "02:14:00");
    assertEquals(List.of(), TestObjects.all(kubelet(zone, "03:15:00"), "log-incomplete"));
    var quiet = early.replace("02:40:00", "03:01:00");
    assertEquals(List.of(), TestObjects.all(kubelet(quiet, "03:15:00"), "log-incomplete"));
  }

  private static ClusterBundle kubelet(String log, String renewed) {
    return new ClusterBundle()
        .objects("nodes.json", TestObjects.node("n1", "True"))
        .objects(
            "leases/kube-node-lease.json", TestObjects.lease("n1", "2026-11-21T" + renewed + "Z"))
        .file("nodes/n1/services/kubelet.log", log);
  }

  @Test
  void usageThatIsForbiddenDoesNotHideThePods() {
    var refused = new Outcome.Failed(Reason.FORBIDDEN, "User \"viewer\" cannot list it");
    var usage =
        new ClusterBundle()
            .objects("nodes.json", TestObjects.node("n1", "True"))
            .item("clusterDump/pods.metrics.k8s.io", refused)
            .item("clusterDump/nodes.metrics.k8s.io", refused);
    assertEquals(new Verdict.Clear(), TestObjects.verdict(usage, "pod-crash-loop"));
    assertEquals(new Verdict.Clear(), TestObjects.verdict(usage, "node-not-ready"));
    var pods = usage.item("clusterDump/pods", refused);
    assertFalse(TestObjects.verdict(pods, "pod-crash-loop") instanceof Verdict.Clear);
  }

  @Test
  void whateverOneIdentityMayNotReadIsOneFinding() {
    var bundle = new ClusterBundle();
    for (var kind : List.of("secrets", "nodes", "leases.coordination.k8s.io")) {
      bundle.item(
          "clusterDump/" + kind,
          new Outcome.Failed(
              Reason.FORBIDDEN,
              kind + " is forbidden: User \"viewer\" cannot list resource \"" + kind + "\""));
    }
    var finding = TestObjects.one(analyze(bundle), "collect-forbidden");
    assertEquals(3, finding.count());
    assertEquals(Severity.WARNING, finding.severity());
  }

  @Test
  void errorTextThatWasStoredAsALogIsNamed() {
    var analysis =
        analyze(
            new ClusterBundle()
                .file("nodes/n1/services/crio.log", "log not found for crio\n")
                .file("nodes/n1/services/kubelet.log", "I1121 ok\nlog not found for crio\n"));
    var finding = analysis.collection().getFirst();
    assertEquals("log-body-is-error", finding.id());
    assertEquals(1, finding.count());
    assertEquals("nodes/n1/services/crio.log:1", finding.evidence().getFirst().toString());
  }

  @Test
  void missingListOfNodesIsCritical() {
    var analysis =
        analyze(
            new ClusterBundle()
                .item("clusterDump/nodes", new Outcome.Failed(Reason.FORBIDDEN, "no")));
    assertEquals(Severity.CRITICAL, analysis.bundle().getFirst().severity());
  }

  @Test
  void completeBundleOfAClusterThatIsWellHasNoFinding() {
    var analysis =
        analyze(
            new ClusterBundle()
                .objects("nodes.json", node("n1", "True"))
                .file(
                    "nodes/n1/kubelet/configz.json",
                    "{\"kubeletconfig\":{\"clusterDNS\":[\"169.254.20.10\"]}}")
                .file("nodes/n1/kubelet/stats-summary.json", TestObjects.stats(60))
                .file("nodes/n1/kubelet/metrics.txt", "up 1\n")
                .file("requests.jsonl", TestObjects.requests("n1"))
                .file("cluster-resources/pods/logs/shop/kube-proxy-a/app.log", "ready\n")
                .file("api/readyz", "[+]etcd ok\nreadyz check passed\n")
                .objects(
                    "leases/kube-system.json",
                    lease("kube-scheduler"),
                    lease("kube-controller-manager"))
                .objects("pods/kube-system.json", ETCD)
                .objects("pods/shop.json", pod("kube-proxy-a", "a", READY)));
    assertEquals(List.of(), analysis.all());
    // Which rights the collector has, no bundle says.
    assertEquals(
        List.of("audit-gap", "bundle-collector-overprivileged"),
        analysis.unknown().stream().map(result -> result.check().id()).toList());
  }

  private static String node(String name, String ready) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','uid':'u-"
            + name
            + "','creationTimestamp':'2026-11-01T00:00:00Z'},'spec':{},'status':{'allocatable':"
            + "{'cpu':'2','memory':'4Gi'},'conditions':[{'type':'Ready','status':'"
            + ready
            + "','reason':'r','lastTransitionTime':'2026-11-21T03:08:41Z'}]}}");
  }

  private static String lease(String name) {
    return json(
        "{'metadata':{'name':'"
            + name
            + "','namespace':'kube-system'},'spec':{'renewTime':'2026-11-21T03:15:00.000000Z'}}");
  }

  private static Analysis analyze(ClusterBundle bundle) {
    return bundle.analyze(RuleRegistry.all());
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).toList();
  }
}
