package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.serve.DemoClusterFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole run on a large cluster by a process that has 64 MB of heap.
@Tag("heap")
final class CollectLargeClusterTest {
  private static final LargeCluster LARGE = new LargeCluster(1_000, 20_000, 50_000);

  @TempDir private Path folder = Path.of("");

  @Test
  void objectsEventsAndDescriptionsOfALargeClusterFitInto64MegabytesOfHeap() throws Exception {
    var file =
        collect(
            LARGE,
            """
              - nodeDescribe: {}
              - events: {}
              - clusterDump: { resources: [nodes, pods, leases] }
            """);
    try (var bundle = BundleReader.open(file)) {
      for (String item : new String[] {"clusterDump/nodes", "clusterDump/pods", "events/events"}) {
        assertEquals(new Outcome.Collected(), outcome(bundle, item), item);
      }
      long described =
          bundle.manifest().items().stream()
              .filter(item -> item.kind() == ItemKind.NODE_DESCRIBE)
              .filter(item -> item.outcome() instanceof Outcome.Collected)
              .count();
      assertEquals(1_000, described);
      assertEquals(1_000, objects(bundle, "cluster-resources/nodes.json"));
      assertEquals(20_000, objects(bundle, "cluster-resources/pods/"));
      assertEquals(50_000, objects(bundle, "cluster-resources/events/"));
    }
  }

  /// Lines that are objects, in all lists whose path begins so.
  private static long objects(BundleReader bundle, String beginning) throws IOException {
    long count = 0;
    for (var entry : bundle.manifest().entries()) {
      if (entry.path().value().startsWith(beginning) && entry.path().value().endsWith(".json")) {
        // A list's first line is its head.
        count += entry.lines() - 1;
      }
    }
    return count;
  }

  private Path collect(LargeCluster cluster, String items) throws Exception {
    var file = folder.resolve("large.tar.gz");
    var profile = folder.resolve("large.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: large
        window: 1h
        collect:
        """
            + items);
    var output = folder.resolve("output");
    try (var server = DemoClusterFixture.start(cluster.write(folder.resolve("cluster")))) {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx" + System.getProperty("diagbundle.heap", "64m"),
                  "-Xlog:gc:file=" + folder.resolve("gc.log"),
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
      assertTrue(process.waitFor(250, TimeUnit.SECONDS), "the run does not end");
      assertEquals(ExitCode.OK, process.exitValue(), () -> read(output));
    }
    return file;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
