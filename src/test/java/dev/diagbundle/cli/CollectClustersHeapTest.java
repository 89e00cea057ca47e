package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.serve.DemoClusterFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The memory of a run over five clusters at once.
@Tag("heap")
final class CollectClustersHeapTest {
  private static final int CLUSTERS = 5;

  @TempDir private Path folder = Path.of("");

  @Test
  void fiveClustersFitInto64MegabytesOfHeap() throws Exception {
    var profile =
        Files.writeString(
            folder.resolve("many.yaml"),
            """
            apiVersion: diagbundle.dev/v1
            kind: Profile
            name: many
            window: 1h
            collect:
              - nodeDescribe: {}
              - events: {}
              - clusterDump: { resources: [nodes, pods, leases] }
            """);
    var data = new LargeCluster(150, 3_000, 8_000).write(folder.resolve("cluster"));
    var file = folder.resolve("x.tar.gz");
    var output = folder.resolve("output");
    try (var server = DemoClusterFixture.start(data)) {
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  // As the launcher has them.
                  "-XX:+UseSerialGC",
                  "-XX:MaxNewSize=12m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.diagbundle.cli.Main",
                  "collect",
                  "-q",
                  "-p",
                  profile.toString(),
                  "--kubeconfig",
                  kubeconfig(server.url().toString()).toString(),
                  "--all-contexts",
                  "-o",
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertTrue(process.waitFor(250, TimeUnit.SECONDS), "the run does not end");
      int code = process.exitValue();
      assertEquals(ExitCode.OK, code, () -> Run.of("ls", file.toString(), "--failed").out());
    }
    try (var bundle = BundleReader.open(file)) {
      for (Manifest.Part part : bundle.manifest().run().clusters()) {
        long described =
            bundle.manifest().items().stream()
                .filter(item -> item.cluster().equals(part.place().folder()))
                .filter(item -> item.kind() == ItemKind.NODE_DESCRIBE)
                .filter(item -> item.outcome() instanceof Outcome.Collected)
                .count();
        assertEquals(150, described, part.name());
      }
      assertEquals(CLUSTERS, bundle.manifest().run().clusters().size());
    }
  }

  private Path kubeconfig(String server) throws Exception {
    var contexts = new StringBuilder();
    for (int i = 0; i < CLUSTERS; i++) {
      contexts.append("- name: c").append(i).append("\n  context: { cluster: c, user: u }\n");
    }
    return Files.writeString(
        folder.resolve("kubeconfig"),
        """
        apiVersion: v1
        kind: Config
        contexts:
        %sclusters:
        - name: c
          cluster: { server: "%s" }
        users:
        - name: u
          user: { token: abc }
        """
            .formatted(contexts, server));
  }
}
