package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.files;
import static dev.diagbundle.cli.CollectFixture.items;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.reason;
import static dev.diagbundle.cli.CollectFixture.secretValues;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.testing.RequiredTool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs against the demonstration cluster.
final class CollectDemoTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void runEndsWithABundleThatSaysWhichNodeIsMissing() throws Exception {
    var file = folder.resolve("demo.tar.gz");
    var run = Run.of("collect", "--profile", "windows-cni", "--demo", "-o", file.toString());
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    assertEquals(file + "\n", run.out());
    assertTrue(run.err().contains("rig-3: "), run.err());
    assertEquals(List.of(file), files(folder));
    try (var bundle = BundleReader.open(file)) {
      assertEquals(Reason.UNREACHABLE, reason(outcome(bundle, "kubelet/rig-3/configz")));
      assertEquals(Reason.UNSUPPORTED, reason(outcome(bundle, "nodeLogs/rig-2/kubelet")));
      assertEquals(new Outcome.Collected(), outcome(bundle, "nodeLogs/rig-1/kubelet"));
      assertEquals(new Outcome.Collected(), outcome(bundle, "nodeDescribe/rig-3/describe"));
      assertFalse(bundle.find(new EntryPath("nodes/rig-2/services/kubelet.log")).isPresent());
      assertTrue(text(bundle, "nodes/rig-1/services/kubelet.log").startsWith("Nov 2"));
      assertTrue(text(bundle, "nodes/rig-3/describe.txt").startsWith("Name:"));
      var query = text(bundle, "nodes/rig-2/log-query.json");
      assertTrue(query.contains("\"state\" : \"off\""), query);
      assertFalse(bundle.find(new EntryPath("nodes/rig-3/log-query.json")).isPresent());
    }
    RequiredTool.require("tar").run(folder, "xzf", file.toString(), "--strip-components=1");
    assertTrue(Files.readString(folder.resolve("index.html")).startsWith("<!doctype html>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "minimal",
        "support",
        "node-not-ready",
        "control-plane",
        "dns",
        "networking",
        "storage",
        "ci-postmortem"
      })
  void everyProfileCollects(String profile) throws Exception {
    var file = folder.resolve("demo.tar.gz");
    var run = Run.of("collect", "-q", "-p", profile, "--demo", "-o", file.toString());
    assertTrue(List.of(0, 3).contains(run.code()), run.err());
    assertEquals("", run.err());
    try (var bundle = BundleReader.open(file)) {
      var faults =
          bundle.manifest().items().stream()
              .filter(item ->
                  item.outcome() instanceof Outcome.Failed(Reason reason, String _)
                      && (reason == Reason.INTERNAL || reason == Reason.INVALID_ANSWER))
              .map(item -> item.id() + " " + item.outcome())
              .toList();
      assertEquals(List.of(), faults);
    }
  }

  @Test
  void noSecretValueReachesTheBundle() throws Exception {
    var all = folder.resolve("all.yaml");
    Files.writeString(
        all,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: all
        description: every kind of object
        collect:
          - clusterDump: { resources: ["*"] }
        """);
    var file = folder.resolve("demo.tar.gz");
    var run = Run.of("collect", "-q", "-p", all.toString(), "--demo", "-o", file.toString());
    assertEquals("", run.err());
    try (var bundle = BundleReader.open(file)) {
      var secrets = text(bundle, "cluster-resources/secrets/shop.json");
      assertTrue(secrets.contains("diagbundle.dev/value-sizes"), secrets);
      assertFalse(secrets.contains("\"data\""), secrets);
      for (Entry entry : bundle.manifest().entries()) {
        var text = text(bundle, entry.path().value());
        for (String value : secretValues()) {
          assertFalse(text.contains(value), entry.path() + " holds a value of a Secret");
        }
      }
    }
  }

  @Test
  void objectsOfOtherNamespacesStayOut() throws Exception {
    var profile = folder.resolve("shop.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: shop
        description: one namespace
        collect:
          - clusterDump: { resources: [services, storageclasses], namespaces: ["sh*"] }
        """);
    var file = folder.resolve("demo.tar.gz");
    Run.of("collect", "-q", "-p", profile.toString(), "--demo", "-o", file.toString());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(
          List.of(
              "cluster-resources/groups.json",
              "cluster-resources/nodes.json",
              "cluster-resources/resources.json",
              "cluster-resources/services/shop.json",
              "cluster-resources/storage-classes.json"),
          bundle.manifest().entries().stream()
              .map(entry -> entry.path().value())
              .filter(path -> path.startsWith("cluster-resources/"))
              .sorted()
              .toList());
    }
  }

  @Test
  void windowThatEndedLongAgoHasItsLines() throws Exception {
    var file = folder.resolve("demo.tar.gz");
    var run =
        Run.of(
            "collect",
            "-q",
            "-p",
            "windows-cni",
            "--node",
            "rig-1",
            "--demo",
            "--from",
            "2026-11-20T22:00:00Z",
            "--to",
            "2026-11-20T23:00:00Z",
            "-o",
            file.toString());
    assertEquals("", run.err());
    try (var bundle = BundleReader.open(file)) {
      var expected =
          Files.readAllLines(Path.of("examples/demo-cluster/nodes/rig-1/journal/kubelet.log"))
              .stream()
              .filter(line -> line.startsWith("Nov 20 22:"))
              .toList();
      assertFalse(expected.isEmpty());
      assertEquals(expected, text(bundle, "nodes/rig-1/services/kubelet.log").lines().toList());
    }
  }

  @Test
  void logsThatTheNodesHaveRotatedAreThere() throws Exception {
    var file = folder.resolve("demo.tar.gz");
    Run.of("collect", "-q", "-p", "windows-cni", "--demo", "-o", file.toString());
    try (var bundle = BundleReader.open(file)) {
      var logs = "cluster-resources/pods/logs/calico-system/";
      var rotated = text(bundle, logs + "calico-node-7hv2c/calico-node/0.log.20261121-024000");
      assertEquals(88, rotated.lines().count());
      // A line of two parts, between which the other stream spoke.
      var lines = rotated.lines().filter(line -> line.startsWith("2026-11-21T02:31:06.")).toList();
      assertEquals(2, lines.size());
      assertTrue(lines.getFirst().length() > 16_384, "length " + lines.getFirst().length());
      assertTrue(lines.getFirst().startsWith("2026-11-21T02:31:06.400010211Z 2026-11-21T02"));
      assertTrue(lines.getFirst().endsWith("}]"));
      assertEquals(
          "2026-11-21T02:31:06.400012871Z bird: Mesh_10_200_0_21: State changed to start",
          lines.getLast());
      assertTrue(
          text(bundle, logs + "calico-node-windows-q8r5n/felix/3.log").contains("[FATAL][3304]"));
      assertEquals(
          Reason.UNREACHABLE, reason(outcome(bundle, "podLogs/rig-3/(files of cni-pods)")));
    }
  }

  @Test
  void linksToContainerLogsAreFilesThatGlobsChoose() throws Exception {
    var profile = folder.resolve("links.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: links
        description: Logs by the links that the kubelet makes for log agents
        collect:
          - nodeFiles:
              nodes: { names: [rig-1] }
              include: ["containers/*.log"]
              exclude: ["containers/*_kube-system_*", "containers/*_monitoring_*", "containers/*_shop_*"]
        """);
    var file = folder.resolve("demo.tar.gz");
    Run.of("collect", "-q", "-p", profile.toString(), "--demo", "-o", file.toString());
    try (var bundle = BundleReader.open(file)) {
      var names =
          items(bundle).stream()
              .filter(item -> item.startsWith("nodeFiles/rig-1/containers/"))
              .map(item -> item.replaceAll("-[0-9a-f]{64}", ""))
              .toList();
      assertEquals(
          List.of(
              "nodeFiles/rig-1/containers/calico-kube-controllers-6b7f8c5d94-c9d4w_calico-system_calico-kube-controllers.log",
              "nodeFiles/rig-1/containers/calico-node-7hv2c_calico-system_calico-node.log"),
          names);
      for (Entry entry : bundle.manifest().entries()) {
        if (entry.path().value().startsWith("nodes/rig-1/files/")) {
          assertTrue(text(bundle, entry.path().value()).contains(" stdout F "));
        }
      }
    }
  }

  @Test
  void everyRequestIsOnRecord() throws Exception {
    var file = folder.resolve("demo.tar.gz");
    Run.of("collect", "-q", "-p", "minimal", "--demo", "-o", file.toString());
    try (var bundle = BundleReader.open(file)) {
      var lines = text(bundle, "requests.jsonl").lines().toList();
      var first = new ObjectMapper().readTree(lines.getFirst());
      assertEquals("/version", first.path("url").asText());
      assertEquals(200, first.path("status").asInt());
      assertEquals("Sat, 21 Nov 2026 03:15:04 GMT", first.path("serverDate").asText());
      assertEquals("complete", first.path("result").asText());
      assertTrue(lines.size() > 5, "requests: " + lines.size());
    }
  }

  @Test
  void onlyAndSkipChooseItems() throws Exception {
    var file = folder.resolve("demo.tar.gz");
    Run.of(
        "collect", "-q", "-p", "windows-cni", "--only", "events", "--demo", "-o", file.toString());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(List.of("clusterDump/nodes", "events/events"), items(bundle));
    }
  }

  @Test
  void nodesCanBeChosenByName() throws Exception {
    var file = folder.resolve("demo.tar.gz");
    Run.of(
        "collect", "-q", "-p", "windows-cni", "--node", "win-*", "--demo", "-o", file.toString());
    try (var bundle = BundleReader.open(file)) {
      assertTrue(items(bundle).contains("kubelet/win-1/configz"));
      assertFalse(items(bundle).contains("kubelet/rig-1/configz"));
    }
  }

  @Test
  void bundleCanGoToStandardOutput() {
    var run = Run.of("collect", "-q", "-p", "minimal", "--demo", "-o", "-");
    assertTrue(run.out().length() > 1000, "length " + run.out().length());
    assertEquals("", run.err());
  }

  @Test
  void resultCanBeJson() throws Exception {
    var file = folder.resolve("demo.tar.gz");
    var run =
        Run.of(
            "collect", "-q", "-p", "minimal", "--demo", "--format", "json", "-o", file.toString());
    var json = new ObjectMapper().readTree(run.out());
    assertEquals(file.toString(), json.path("file").asText());
    assertEquals(Files.size(file), json.path("bytes").asLong());
  }
}
