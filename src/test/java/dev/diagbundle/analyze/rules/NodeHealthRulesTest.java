package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.rules.TestObjects.NO_SANDBOX;
import static dev.diagbundle.analyze.rules.TestObjects.READY;
import static dev.diagbundle.analyze.rules.TestObjects.all;
import static dev.diagbundle.analyze.rules.TestObjects.analyze;
import static dev.diagbundle.analyze.rules.TestObjects.event;
import static dev.diagbundle.analyze.rules.TestObjects.ids;
import static dev.diagbundle.analyze.rules.TestObjects.node;
import static dev.diagbundle.analyze.rules.TestObjects.one;
import static dev.diagbundle.analyze.rules.TestObjects.stats;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rules about what nodes report of themselves and how they are set up.
final class NodeHealthRulesTest {
  private static final String STATS = "nodes/n1/kubelet/stats-summary.json";

  @Test
  void memoryAndProcessNumbersNearTheirEndAreWarnings() {
    var scarce =
        stats(60)
            .replace("4000000000", "150000000")
            .replace("\"curproc\":100", "\"curproc\":30000");
    var found = all(cluster("n1").file(STATS, scarce), "node-memory-pid-pressure");
    assertEquals(
        List.of("PIDs", "memory"), found.stream().map(each -> each.cause()).sorted().toList());
    assertEquals(List.of(), all(cluster("n1").file(STATS, stats(60)), "node-memory-pid-pressure"));
  }

  @Test
  void memoryPressureIsCriticalForAllItsNodesAtOnce() {
    var pressed =
        "'type':'MemoryPressure','status':'True','message':'low'},"
            + "{'type':'Ready','status':'True'";
    var bundle =
        new ClusterBundle()
            .objects("nodes.json", node("n1", pressed, "", ""), node("n2", pressed, "", ""));
    var finding = one(analyze(bundle), "node-memory-pid-pressure");
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals(2, finding.count());
  }

  @Test
  void killInsideTheLimitOfAContainerIsNoMatterOfTheNode() {
    var line =
        "Nov 21 03:10:47 n1 kernel: [1.0] Memory cgroup out of memory: Killed process 4 (x)\n";
    var bundle = cluster("n1").file("nodes/n1/files/kern.log", line);
    assertEquals(List.of(), all(bundle, "node-memory-pid-pressure"));
    bundle.file("nodes/n1/files/kern.log", line.replace("Memory cgroup out", "Out"));
    assertEquals(1, all(bundle, "node-memory-pid-pressure").size());
  }

  @Test
  void runtimeThatTheKubeletCallsDownExplainsTheNode() {
    var down =
        node(
            "n1",
            "'type':'Ready','status':'False','reason':'KubeletNotReady','message':"
                + "'[container runtime is down, PLEG is not healthy: pleg was last seen active 5m]'",
            "",
            "");
    var root = analyze(new ClusterBundle().objects("nodes.json", down)).roots().getFirst();
    assertEquals("node-runtime-down", root.id());
    assertEquals(List.of("node-not-ready"), ids(root.symptoms()));
  }

  @Test
  void socketThatIsGoneCountsFromThreeTimesAndIsOverOnceSandboxesAreMade() {
    var message =
        "Failed to create pod sandbox: rpc error: code = Unavailable desc = connection error: dial"
            + " unix /run/containerd/containerd.sock: no such file or directory";
    var bundle = cluster("n1").objects("pods/shop.json", pod("a", "a", NO_SANDBOX));
    bundle.objects("events/shop.json", event("FailedCreatePodSandBox", "Pod", "a", 2, message));
    assertEquals(List.of(), all(bundle, "node-runtime-down"));
    bundle.objects("events/shop.json", event("FailedCreatePodSandBox", "Pod", "a", 3, message));
    assertEquals(Severity.CRITICAL, one(analyze(bundle), "node-runtime-down").severity());
    var made =
        READY.replace(
            "'True'}]",
            "'True'},{'type':'PodReadyToStartContainers','status':'True','lastTransitionTime':"
                + "'2026-11-21T03:14:30Z'}]");
    bundle.objects("pods/shop.json", pod("a", "a", made));
    assertTrue(one(analyze(bundle), "node-runtime-down").recovered());
  }

  @Test
  void conditionOfADetectorIsToldAndOneThatIsGoodIsNot() {
    var grave =
        "'type':'KernelDeadlock','status':'True','message':'docker hung'},"
            + "{'type':'EtcdIsVoter','status':'True'},{'type':'Ready','status':'True'";
    var finding =
        one(
            analyze(new ClusterBundle().objects("nodes.json", node("n1", grave, "", ""))),
            "node-problem-reported");
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals("KernelDeadlock reported on 1 node (n1): “docker hung”", finding.title());
  }

  @Test
  void kernelThatRemountsReadOnlyIsCriticalAndAQuietOneSilent() {
    var line = "Nov 21 03:10:47 n1 kernel: [1.0] EXT4-fs (sda1): Remounting filesystem read-only\n";
    var finding =
        one(analyze(cluster("n1").file("nodes/n1/files/kern.log", line)), "node-problem-reported");
    assertEquals(Severity.CRITICAL, finding.severity());
    assertEquals("nodes/n1/files/kern.log:1", finding.evidence().getFirst().toString());
    var quiet = "Nov 21 03:10:47 n1 kernel: [1.0] XFS (sda1): Mounting V5 Filesystem\n";
    assertEquals(
        List.of(),
        all(cluster("n1").file("nodes/n1/files/kern.log", quiet), "node-problem-reported"));
  }

  @Test
  void cordonedNodesAreOneFindingThatIsMildWhereTheyAreFew() {
    var cordoned = node("n1", "True").replace("\"spec\":{", "\"spec\":{\"unschedulable\":true");
    var few =
        new ClusterBundle()
            .objects(
                "nodes.json", cordoned, node("n2", "True"), node("n3", "True"), node("n4", "True"));
    assertEquals(Severity.INFO, one(analyze(few), "node-cordoned").severity());
    var half = new ClusterBundle().objects("nodes.json", cordoned, node("n2", "True"));
    assertEquals(Severity.WARNING, one(analyze(half), "node-cordoned").severity());
    assertEquals(List.of(), all(cluster("n1"), "node-cordoned"));
  }

  @Test
  void clonesAreAWarningUnlessTheyRunOnOneHost() {
    var info = "'machineID':'m','kubeletVersion':'v1.36.2','bootID':'b%s'";
    var clones = new ClusterBundle().objects("nodes.json", numbered(1, info), numbered(2, info));
    var finding = one(analyze(clones), "node-config-risk");
    assertEquals(Severity.WARNING, finding.severity());
    assertEquals(2, finding.count());
    var one = info.replace("%s", "");
    var host = new ClusterBundle().objects("nodes.json", numbered(1, one), numbered(2, one));
    assertEquals(Severity.INFO, one(analyze(host), "node-config-risk").severity());
  }

  @Test
  void kubeletMoreThanThreeVersionsBehindIsAWarningAndThreeAreFine() {
    var old = new ClusterBundle().objects("nodes.json", numbered(1, "'kubeletVersion':'v1.32.9'"));
    assertEquals(Severity.WARNING, one(analyze(old), "node-config-risk").severity());
    var fine = new ClusterBundle().objects("nodes.json", numbered(1, "'kubeletVersion':'v1.33.0'"));
    assertEquals(List.of(), all(fine, "node-config-risk"));
    var newer =
        new ClusterBundle().objects("nodes.json", numbered(1, "'kubeletVersion':'v1.37.0'"));
    assertTrue(one(analyze(newer), "node-config-risk").title().contains("newer than"));
  }

  private static String numbered(int number, String info) {
    return node("n" + number, "'type':'Ready','status':'True'", "", info.formatted(number));
  }

  private static ClusterBundle cluster(String name) {
    return new ClusterBundle().objects("nodes.json", node(name, "True"));
  }
}
