package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.serve.DemoClusterFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole `support` profile on a large cluster, and reading what it gave, by the distribution in
/// a small heap. What one pod or event needs beyond what is measured in `doc/performance.md` ends
/// this run with too little memory. With `-Dlarge.nodes=1000 -Dlarge.heap=64m`, it is the whole
/// size.
final class LargeSupportRunIT {
  private static final int NODES = Integer.getInteger("large.nodes", 250);
  private static final int PODS = 20 * NODES;
  private static final int EVENTS = 50 * NODES;
  private static final String HEAP = System.getProperty("large.heap", "38m");
  private static final Path LAUNCHER =
      Path.of(System.getProperty("diagbundle.distribution", "target"), "bin", "diagbundle");

  @TempDir private Path folder = Path.of("");
  private Path bundle = Path.of("");

  @BeforeEach
  void collect() throws Exception {
    bundle = folder.resolve("large.tar.gz");
    var data =
        new WholeCluster(new LargeCluster(NODES, PODS, EVENTS)).write(folder.resolve("cluster"));
    try (var server = DemoClusterFixture.start(data)) {
      run(
          Set.of(ExitCode.OK, ExitCode.INCOMPLETE),
          "collect",
          "-q",
          "-p",
          "support",
          "--deadline",
          "30m",
          "--kubeconfig",
          kubeconfig(folder, server.url().toString(), "", "token: abc").toString(),
          "-o",
          bundle.toString());
    }
  }

  @Test
  void supportOfALargeClusterIsCollectedAndReadInASmallHeap() throws Exception {
    try (var reader = BundleReader.open(bundle)) {
      var items = reader.manifest().items();
      assertEquals(
          List.of(),
          items.stream()
              .filter(item -> item.outcome().leavesGap())
              .map(item -> item.id() + " " + item.outcome())
              .limit(5)
              .toList());
      long logs = items.stream().filter(item -> item.kind() == ItemKind.POD_LOGS).count();
      assertEquals(2L * PODS, logs);
      assertTrue(reader.find(BundleLayout.REPORT).isPresent());
    }
    var paths = run(Set.of(ExitCode.OK), "ls", bundle.toString());
    assertTrue(paths.size() > 2 * PODS, () -> "only " + paths.size());
    var path = "nodes/" + LargeCluster.nodeName(NODES / 2) + "/describe.txt";
    var description = run(Set.of(ExitCode.OK), "cat", bundle.toString(), path);
    assertEquals("Name:", description.getFirst().substring(0, 5));
    run(Set.of(ExitCode.OK), "verify", bundle.toString());
    var findings = run(Set.of(ExitCode.OK), "analyze", bundle.toString());
    assertTrue(String.join("\n", findings).contains("checks ran"), () -> "no " + findings);
    run(Set.of(ExitCode.OK), "report", bundle.toString(), "-o", folder + "/page.html");
  }

  /// Runs the launcher, and expects one of these exit codes.
  private List<String> run(Set<Integer> codes, String... words) throws Exception {
    var command = new ArrayList<String>(List.of(LAUNCHER.toString()));
    command.addAll(Arrays.asList(words));
    var out = folder.resolve("out");
    var errors = folder.resolve("errors");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("DIAGBUNDLE_JAVA_OPTS", "-Xmx" + HEAP);
    var process = builder.start();
    assertTrue(process.waitFor(20, TimeUnit.MINUTES), "still running");
    assertTrue(codes.contains(process.exitValue()), () -> words[0] + ": " + read(errors));
    return Files.readAllLines(out);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
