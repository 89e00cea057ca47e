package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command on a bundle of the demonstration cluster, which holds the pods, nodes and events of
/// a real one.
final class AnalyzeCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void demonstrationClusterGivesWhatIsBrokenInIt() throws Exception {
    var file = folder.resolve("demo.tar.gz").toString();
    Run.of("collect", "-q", "--profile", "support", "--demo", "-o", file);

    var json = Run.of("analyze", file, "--format", "json");
    assertEquals(ExitCode.OK, json.code(), json.err());
    var tree = new ObjectMapper().readTree(json.out());
    var critical =
        titles(tree, "rootFindings", "critical").stream()
            .map(title -> title.split(" — ", 2)[0])
            .toList();
    assertEquals(7, critical.size(), critical::toString);
    assertTrue(critical.get(0).startsWith("1 of 4 nodes not ready"), critical::toString);
    assertTrue(critical.get(0).endsWith("rig-3; 4 pods affected"), critical::toString);
    assertTrue(critical.contains("Pod shop/crash: container app exits with code 3, 3 restarts"));
    assertTrue(
        critical.contains(
            "Pod shop/badimage: cannot pull registry.local/does-not-exist:9:"
                + " the node cannot resolve the registry's name"));
    assertTrue(
        critical.contains(
            "Pod shop/initfail: init container migrate (1 of 1) fails with exit code 1"));
    assertTrue(critical.stream().anyMatch(title -> title.contains("can never fit (64 CPU")));
    assertTrue(critical.stream().anyMatch(title -> title.contains("data-db-0 is lost")));
    var warnings = titles(tree, "rootFindings", "warning");
    assertTrue(
        warnings.contains(
            "Service shop/web has no endpoints: its selector app=wbe matches no pod;"
                + " did you mean app=web?"),
        warnings::toString);
    assertEquals("PVC shop/lost pending: there is no StorageClass nosuch", warnings.getFirst());
    assertTrue(warnings.get(1).startsWith("2 nodes without cluster DNS (rig-1, rig-2)"));
    assertTrue(warnings.stream().anyMatch(title -> title.startsWith("Deployment shop/cart: ")));

    // What follows from another has no row of its own, and what was redacted is no leak.
    assertEquals(
        List.of(
            "node-not-ready [daemonset-incomplete, pod-evicted-or-rejected,"
                + " collect-node-unreachable]",
            "windows-hns-broken [cni-not-ready, pod-sandbox-failure, kube-proxy-degraded]",
            "volume-lost [pod-unschedulable, workload-unavailable, service-no-endpoints]",
            "pod-unschedulable []",
            "pod-image-pull-failure []",
            "pod-crash-loop []",
            "pod-init-failed []",
            "pvc-pending []",
            "dns-not-configured []",
            "pod-oom-killed []",
            "job-failed [cronjob-not-running]",
            "service-no-endpoints []"),
        rows(tree));
    assertEquals(List.of(), titles(tree, "bundleFindings", "critical"));

    assertEquals(ExitCode.CHECK_FAILED, Run.of("analyze", file, "--fail-on", "critical").code());
    var ignored = new ArrayList<>(List.of("analyze", file, "--fail-on", "critical"));
    for (String id : criticalIds(tree)) {
      ignored.addAll(List.of("--skip-check", id));
    }
    assertEquals(ExitCode.OK, Run.of(ignored.toArray(String[]::new)).code());
  }

  @Test
  void unknownCheckIsAWrongCall() {
    var run = Run.of("analyze", "x.tar.gz", "-p", "support", "--skip-check", "pod-crash-lop");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("unknown check 'pod-crash-lop'"), run.err());
    assertFalse(run.err().contains("Exception"), run.err());
  }

  /// The roots that are not only information, with what is folded below each.
  private static List<String> rows(JsonNode tree) {
    var rows = new ArrayList<String>();
    for (var finding : tree.path("rootFindings")) {
      if (!finding.path("severity").asText().equals("info")) {
        var below = new ArrayList<String>();
        finding.path("symptoms").forEach(child -> below.add(child.path("id").asText()));
        rows.add(finding.path("id").asText() + " " + below);
      }
    }
    return rows;
  }

  private static Set<String> criticalIds(JsonNode tree) {
    var ids = new ArrayList<String>();
    tree.path("rootFindings").forEach(finding -> addCritical(finding, ids));
    return ids.stream().collect(Collectors.toSet());
  }

  private static void addCritical(JsonNode finding, List<String> ids) {
    if (finding.path("severity").asText().equals("critical")) {
      ids.add(finding.path("id").asText());
    }
    finding.path("symptoms").forEach(child -> addCritical(child, ids));
  }

  private static List<String> titles(JsonNode tree, String list, String severity) {
    var titles = new ArrayList<String>();
    for (var finding : tree.path(list)) {
      if (finding.path("severity").asText().equals(severity)) {
        titles.add(finding.path("title").asText());
      }
    }
    return titles;
  }
}
