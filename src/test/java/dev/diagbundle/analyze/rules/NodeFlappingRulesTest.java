package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.rules.TestObjects.all;
import static dev.diagbundle.analyze.rules.TestObjects.analyze;
import static dev.diagbundle.analyze.rules.TestObjects.event;
import static dev.diagbundle.analyze.rules.TestObjects.lease;
import static dev.diagbundle.analyze.rules.TestObjects.node;
import static dev.diagbundle.analyze.rules.TestObjects.one;
import static dev.diagbundle.analyze.rules.TestObjects.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Nodes whose kubelet comes and goes, and what looks like that.
final class NodeFlappingRulesTest {
  private static final String ID = "node-flapping";

  @Test
  void nodesThatEndForOneErrorAreOneFindingAndForTwoAreTwo() {
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"), node("n2", "True"), node("n3", "True"))
            .file("nodes/n1/services/kubelet.log", fatal("n1", "running with swap on"))
            .file("nodes/n2/services/kubelet.log", fatal("n2", "running with swap on"));
    var finding = one(analyze(bundle), ID);
    assertEquals(List.of("n1", "n2"), finding.nodes());
    bundle.file("nodes/n3/services/kubelet.log", fatal("n3", "unknown flag"));
    assertEquals(2, all(bundle, ID).size());
  }

  @Test
  void kubeletsThatStartOftenWhileTheyAreUpgradedAreInformation() {
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", of("n1", "v1.36.2"), of("n2", "v1.36.2"), of("n3", "v1.35.0"))
            .objects("events/default.json", starts("n1"), starts("n2"));
    assertEquals(Severity.INFO, one(analyze(bundle), ID).severity());
    bundle.objects("nodes.json", of("n1", "v1.36.2"), of("n2", "v1.36.2"), of("n3", "v1.36.2"));
    assertEquals(Severity.WARNING, one(analyze(bundle), ID).severity());
  }

  @Test
  void rebootOfTheLastHourIsAWarning() {
    var event = event("Rebooted", "Node", "n1", 1, "Node n1 has been rebooted, boot id: 1");
    var bundle = new ClusterBundle().objects("nodes.json", node("n1", "True"));
    bundle.objects("events/default.json", event);
    var finding = one(analyze(bundle), ID);
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals("n1: 1 reboot in an hour", finding.title());
    bundle.objects("events/default.json", event.replace("T03:14", "T02:10"));
    assertEquals(List.of(), all(bundle, ID));
  }

  @Test
  void leaseOfANodeWhoseClockIsBehindIsNotStaleForThat() {
    var api = request("2026-11-21T03:15:04.100Z", "/api/v1/pods", "", date("03:15:04"));
    var own =
        request(
            "2026-11-21T03:15:04.200Z", "/api/v1/nodes/n1/proxy/healthz", "n1", date("03:13:34"));
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", "True"))
            .objects("leases/kube-node-lease.json", lease("n1", "2026-11-21T03:13:30Z"))
            .file("requests.jsonl", api);
    assertEquals("n1: lease not renewed for 94 s, NotReady soon", title(bundle));
    assertEquals(List.of(), all(bundle.file("requests.jsonl", api + own), ID));
  }

  private static String title(ClusterBundle bundle) {
    return one(analyze(bundle), ID).title();
  }

  private static String date(String time) {
    return "Sat, 21 Nov 2026 " + time + " GMT";
  }

  private static String of(String name, String version) {
    return node(name, "'type':'Ready','status':'True'", "", "'kubeletVersion':'" + version + "'");
  }

  private static String starts(String node) {
    return event("Starting", "Node", node, 3, "Starting kubelet.");
  }

  private static String fatal(String node, String error) {
    return "Nov 21 03:14:02 "
        + node
        + " kubelet[1]: E1121 03:14:02.1 1 run.go:74] \"command failed\" err=\"failed to run"
        + " Kubelet: "
        + error
        + "\"\n";
  }
}
