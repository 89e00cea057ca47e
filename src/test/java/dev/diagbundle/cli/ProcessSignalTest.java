package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.BundleReader;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.testing.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real signals to a real process, whose cluster has kubelets that never answer.
@Timeout(120)
final class ProcessSignalTest {
  @TempDir private Path folder = Path.of("");
  private final List<AutoCloseable> open = new ArrayList<>();
  private String server = "";

  @BeforeEach
  void startCluster() throws IOException {
    var data = ClusterData.demo();
    open.add(data);
    var hanging =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().contains("/proxy/")
                    ? Optional.of(exchange -> Thread.sleep(60_000))
                    : Optional.empty());
    var started = ReplayServer.start(data, hanging);
    open.addFirst(started);
    server = started.url().toString();
  }

  @AfterEach
  void stopCluster() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void firstInterruptLeavesAValidBundle() throws Exception {
    var file = folder.resolve("x.tar.gz");
    var process = startCollecting(file);
    signal(process, "INT");
    assertEquals(ExitCode.INTERRUPTED, process.waitFor());
    assertValid(file, "INT");
  }

  @Test
  void terminationLeavesAValidBundle() throws Exception {
    var file = folder.resolve("x.tar.gz");
    var process = startCollecting(file);
    signal(process, "TERM");
    assertEquals(ExitCode.TERMINATED, process.waitFor());
    assertValid(file, "TERM");
  }

  @Test
  void secondInterruptLeavesAtOnceAndNothingHalfUnderTheFinalName() throws Exception {
    var file = folder.resolve("x.tar.gz");
    var process = startCollecting(file);
    signal(process, "INT");
    signal(process, "INT");
    assertEquals(ExitCode.INTERRUPTED, process.waitFor());
    if (Files.exists(file)) {
      assertValid(file, "INT");
    }
  }

  @Test
  void killedRunLeavesAPartialFileWhoseFinishedEntriesUnpack() throws Exception {
    var file = folder.resolve("x.tar.gz");
    var process = startCollecting(file);
    signal(process, "KILL");
    process.waitFor();
    assertFalse(Files.exists(file));
    var names = RequiredTool.require("tar").run(folder, "tzf", "x.tar.gz.partial").out();
    assertTrue(names.contains("/profile.yaml"), names);
  }

  private void assertValid(Path file, String signal) throws Exception {
    try (var bundle = BundleReader.open(file)) {
      assertEquals(Optional.of(signal), bundle.manifest().run().interrupted());
    }
    var listed = RequiredTool.require("tar").run(folder, "tzf", file.toString());
    assertEquals("", listed.err());
    assertFalse(Files.exists(folder.resolve("x.tar.gz.partial")));
  }

  /// Starts the program and waits until the bundle is begun.
  private Process startCollecting(Path file) throws IOException, InterruptedException {
    var kubeconfig = kubeconfig(folder, server, "", "token: abc");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.diagbundle.cli.Main",
                "collect",
                "-q",
                "-p",
                "windows-cni",
                "--kubeconfig",
                kubeconfig.toString(),
                "-o",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    var begun = folder.resolve("x.tar.gz.partial");
    while (process.isAlive() && (!Files.exists(begun) || Files.size(begun) < 1_000)) {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
    assertTrue(process.isAlive(), Files.readString(folder.resolve("output")));
    return process;
  }

  private void signal(Process process, String name) throws IOException, InterruptedException {
    RequiredTool.require("sh").run(folder, "-c", "kill -" + name + " " + process.pid());
  }
}
