package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.reason;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.DemoClusterFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole run on a cluster of which nothing works, by a process that has 64 MB of heap.
@Tag("heap")
final class CollectManyBrokenPodsTest {
  private static final int PODS = 20_000;
  private static final int SETS = 10_000;
  private static final int NEWEST = 10;

  private static final String SET =
      """
      {"metadata":{"name":"set-NUMBER","namespace":"team-SPACE","uid":"set-NUMBER",\
      "creationTimestamp":"2026-11-20T00:00:00Z","ownerReferences":[{"kind":"Deployment",\
      "name":"d-NUMBER","uid":"d-NUMBER","controller":true}]},"spec":{"replicas":2,"template":{\
      "spec":{"containers":[{"name":"app","image":"registry.example.com/team/app:NUMBER"}]}}},\
      "status":{"replicas":2}}\
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void newestFailuresAreDescribedIn64MegabytesOfHeapAndTheRestIsSaid() throws Exception {
    var data = new LargeCluster(500, PODS, 50_000).write(folder.resolve("cluster"));
    breakPods(data.resolve("objects/pods.json"));
    writeSets(data.resolve("objects/replicasets.apps.json"));
    serveSets(data.resolve("answers"));
    try (var bundle = BundleReader.open(collect(data))) {
      for (String item : new String[] {"describe/pods", "describe/workloads"}) {
        var outcome = outcome(bundle, item);
        assertEquals(Reason.LIMIT, reason(outcome), outcome.toString());
        assertTrue(outcome.words().startsWith("2,000 of "), outcome.words());
      }
      assertTrue(
          outcome(bundle, "describe/pods").words().contains("20,000 need attention"),
          outcome(bundle, "describe/pods").words());
      var pods =
          bundle.manifest().entries().stream()
              .map(entry -> entry.path().value())
              .filter(path -> path.startsWith("describe/") && path.contains("/pod-"))
              .toList();
      assertEquals(2_000, pods.size());
      int withEvents = 0;
      for (String path : pods.subList(0, NEWEST)) {
        var text = text(bundle, path);
        assertTrue(text.contains("Reason:       CrashLoopBackOff"), text);
        withEvents += text.contains("connection refused while asking") ? 1 : 0;
      }
      // Every fifth pod has none: its events are about nodes.
      assertEquals(NEWEST * 4 / 5, withEvents);
    }
  }

  /// All of them restart and fail; the last ones in the list did so last.
  private static void breakPods(Path list) throws IOException {
    var broken = list.resolveSibling("broken.json");
    try (var lines = Files.newBufferedReader(list);
        var out = Files.newBufferedWriter(broken)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        boolean newest = number++ > PODS - NEWEST;
        out.write(
            line.replace(
                    "\"type\":\"Ready\",\"status\":\"True\"",
                    "\"type\":\"Ready\",\"status\":\"False\"")
                .replace(
                    "\"state\":{\"running\":{\"startedAt\":\"2026-11-20T00:00:05Z\"}}",
                    "\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}},\"lastState\":{"
                        + "\"terminated\":{\"exitCode\":1,\"finishedAt\":\"2026-11-21T0"
                        + (newest ? "3:10" : "2:00")
                        + ":00Z\"}}"));
        out.write('\n');
      }
    }
    Files.delete(list);
    Files.move(broken, list);
  }

  private static void serveSets(Path answers) throws IOException {
    var groups = answers.resolve("apis.json");
    Files.writeString(
        groups,
        Files.readString(groups)
            .replace(
                "\"groups\":[",
                "\"groups\":[{\"name\":\"apps\",\"versions\":[{\"groupVersion\":\"apps/v1\","
                    + "\"version\":\"v1\"}]},"));
    Files.writeString(
        Files.createDirectories(answers.resolve("apis/apps")).resolve("v1.json"),
        "{\"kind\":\"APIResourceList\",\"groupVersion\":\"apps/v1\",\"resources\":["
            + "{\"name\":\"replicasets\",\"kind\":\"ReplicaSet\",\"namespaced\":true}]}");
  }

  private static void writeSets(Path list) throws IOException {
    try (var out = Files.newBufferedWriter(list)) {
      out.write("{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[");
      for (int number = 0; number < SETS; number++) {
        out.write(number == 0 ? "\n" : ",\n");
        out.write(
            SET.replace("NUMBER", String.valueOf(number))
                .replace("SPACE", String.valueOf(number % 100)));
      }
      out.write("]}");
    }
  }

  private Path collect(Path data) throws Exception {
    var file = folder.resolve("broken.tar.gz");
    var profile = folder.resolve("broken.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: broken
        window: 3h
        collect:
          - nodeDescribe: {}
          - describe: {}
          - events: {}
          - clusterDump: { resources: [nodes, pods, leases] }
        """);
    var output = folder.resolve("output");
    try (var server = DemoClusterFixture.start(data)) {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx" + System.getProperty("diagbundle.heap", "64m"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.diagbundle.cli.Main",
                  "collect",
                  "-q",
                  "-p",
                  profile.toString(),
                  "--kubeconfig",
                  kubeconfig(folder, server.url().toString(), "", "token: abc").toString(),
                  "-o",
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        assertTrue(process.waitFor(250, TimeUnit.SECONDS), "the run does not end");
      } finally {
        process.destroyForcibly();
      }
      assertEquals(ExitCode.INCOMPLETE, process.exitValue(), Files.readString(output));
    }
    return file;
  }
}
