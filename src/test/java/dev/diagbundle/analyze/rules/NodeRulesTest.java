package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.rules.TestObjects.all;
import static dev.diagbundle.analyze.rules.TestObjects.analyze;
import static dev.diagbundle.analyze.rules.TestObjects.event;
import static dev.diagbundle.analyze.rules.TestObjects.ids;
import static dev.diagbundle.analyze.rules.TestObjects.lease;
import static dev.diagbundle.analyze.rules.TestObjects.node;
import static dev.diagbundle.analyze.rules.TestObjects.one;
import static dev.diagbundle.analyze.rules.TestObjects.request;
import static dev.diagbundle.analyze.rules.TestObjects.stats;
import static dev.diagbundle.analyze.rules.TestObjects.verdict;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about nodes and clocks.
final class NodeRulesTest {
  private static final String STATS = "nodes/n1/kubelet/stats-summary.json";
  private static final String FULL =
      "'type':'DiskPressure','status':'True','reason':'KubeletHasDiskPressure'},"
          + "{'type':'Ready','status':'True'";

  @Test
  void diskBelowTheMarginIsAWarningAndNamesWhoFillsIt() {
    var bundle = cluster("n1").file(STATS, stats(12));
    var finding = one(analyze(bundle), "node-disk-pressure");
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals("Disk (nodefs) of 1 node (n1) is 12.0 % free", finding.title());
    assertTrue(finding.evidence().getFirst().lines().getLast().startsWith("shop/hog uses"));
    assertEquals(List.of(), all(cluster("n1").file(STATS, stats(30)), "node-disk-pressure"));
  }

  @Test
  void conditionIsCriticalEvenWithoutStatisticsAndThenOtherNodesAreUnknown() {
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", FULL, "", ""), node("n2", FULL, "", ""));
    var finding = one(analyze(bundle), "node-disk-pressure");
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(List.of("n1", "n2"), finding.nodes());
    assertInstanceOf(Verdict.Unknown.class, verdict(cluster("n1"), "node-disk-pressure"));
  }

  @Test
  void limitOfTheConfigurationCountsInsteadOfTheDefault() {
    var bundle =
        cluster("n1")
            .file(STATS, stats(12))
            .file(
                "nodes/n1/kubelet/configz.json",
                "{\"kubeletconfig\":{\"clusterDNS\":[\"10.0.0.1\"],\"evictionHard\":"
                    + "{\"nodefs.available\":\"5%\",\"imagefs.available\":\"5%\"}}}");
    assertEquals(List.of(), all(bundle, "node-disk-pressure"));
  }

  @Test
  void evictionForMemoryIsNoMatterOfDisks() {
    var memory = event("EvictionThresholdMet", "Node", "n1", 1, "Attempting to reclaim memory");
    var bundle = cluster("n1").file(STATS, stats(60)).objects("events/default.json", memory);
    assertEquals(List.of(), all(bundle, "node-disk-pressure"));
  }

  @Test
  void mostOfAZoneLostTogetherIsOneRoot() {
    var bundle =
        new ClusterBundle()
            .objects(
                "nodes.json",
                node("n1", "Unknown"),
                node("n2", "Unknown"),
                node("n3", "Unknown"),
                node("n4", "True"));
    var analysis = analyze(bundle);
    var root = analysis.roots().getFirst();
    assertEquals("nodes-mass-not-ready", root.id());
    assertEquals(
        "3 of 4 nodes lost within 1 min — partition, control plane or certificate", root.title());
    assertEquals(List.of("node-not-ready"), ids(root.symptoms()));
  }

  @Test
  void nodesLostHoursApartAreNoMass() {
    var early = node("n1", "Unknown").replace("03:06:41", "01:06:41");
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", early, node("n2", "Unknown"), node("n3", "Unknown"));
    assertEquals(List.of(), all(bundle, "nodes-mass-not-ready"));
  }

  @Test
  void kubeletThatStartsOftenIsFoundAndOneUpgradeIsNot() {
    var events = event("Starting", "Node", "n1", 5, "Starting kubelet.");
    var finding = one(analyze(cluster("n1").objects("events/x.json", events)), "node-flapping");
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals("n1: 5 kubelet starts in an hour", finding.title());
    var twice = event("Starting", "Node", "n1", 2, "Starting kubelet.");
    var proxy = event("Starting", "Node", "n1", 9, "");
    assertEquals(
        List.of(), all(cluster("n1").objects("events/x.json", twice, proxy), "node-flapping"));
  }

  @Test
  void leaseThatIsNotRenewedTellsOfANodeAboutToGo() {
    var bundle =
        cluster("n1", "n2")
            .objects(
                "leases/kube-node-lease.json",
                lease("n1", "2026-11-21T03:15:03Z"),
                lease("n2", "2026-11-21T03:14:02Z"));
    var finding = one(analyze(bundle), "node-flapping");
    assertEquals("n2: lease not renewed for 62 s, NotReady soon", finding.title());
    assertEquals(
        "cluster-resources/leases/kube-node-lease.json:3",
        finding.evidence().getFirst().toString());
  }

  @Test
  void kubeletThatEndsWithAnErrorAtTheEndOfItsLogIsCritical() {
    var log =
        "Nov 21 03:14:01 n1 systemd[1]: kubelet.service: Scheduled restart job, restart counter\n"
            + "Nov 21 03:14:02 n1 kubelet[1]: E1121 03:14:02.1 1 run.go:74] \"command failed\""
            + " err=\"failed to run Kubelet: running with swap on is not supported\"\n";
    var bundle = cluster("n1").file("nodes/n1/services/kubelet.log", log);
    var finding = one(analyze(bundle), "node-flapping");
    assertEquals(Severity.CRITICAL, finding.severity());
    assertTrue(finding.title().contains("running with swap on"), finding.title());
    var old = log.replace("Nov 21 03", "Nov 20 23");
    assertEquals(
        List.of(), all(cluster("n1").file("nodes/n1/services/kubelet.log", old), "node-flapping"));
  }

  @Test
  void clockOfANodeIsHeldAgainstTheApiServersByTheDatesOfAnswers() {
    var api = request("2026-11-21T03:15:04.100Z", "/api/v1/pods", "", at("03:15:04"));
    var proxied = "/api/v1/nodes/n1/proxy/healthz";
    var late = request("2026-11-21T03:15:05.200Z", proxied, "n1", at("03:14:27"));
    var finding = one(analyze(cluster("n1").file("requests.jsonl", api + late)), "clock-skew");
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals("Clock of 1 node (n1) is at least 37 s behind the API server's", finding.title());
    assertEquals("requests.jsonl:2", finding.evidence().getFirst().toString());
    var same = request("2026-11-21T03:15:05.200Z", proxied, "n1", at("03:15:03"));
    assertEquals(List.of(), all(cluster("n1").file("requests.jsonl", api + same), "clock-skew"));
  }

  @Test
  void clockOfTheCollectorIsCriticalAboveAMinute() {
    var api = request("2026-11-21T03:16:39.100Z", "/api/v1/pods", "", at("03:15:04"));
    var finding = one(analyze(cluster("n1").file("requests.jsonl", api)), "clock-skew");
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(
        "Clock of the collecting machine is at least 94 s ahead of the API server's",
        finding.title());
    assertEquals(List.of(), ids(analyze(cluster("n1").file("requests.jsonl", api)).roots()));
  }

  @Test
  void leaseOfTheFutureTellsOfAClockAndAStaleOneDoesNot() {
    var bundle =
        cluster("n1").objects("leases/kube-node-lease.json", lease("n1", "2026-11-21T03:15:20Z"));
    assertEquals(1, all(bundle, "clock-skew").size());
    bundle.objects("leases/kube-node-lease.json", lease("n1", "2026-11-21T03:10:20Z"));
    assertEquals(List.of(), all(bundle, "clock-skew"));
  }

  private static String at(String time) {
    return "Sat, 21 Nov 2026 " + time + " GMT";
  }

  private static ClusterBundle cluster(String... names) {
    var bundle = new ClusterBundle();
    return bundle.objects(
        "nodes.json",
        List.of(names).stream().map(name -> node(name, "True")).toArray(String[]::new));
  }
}
