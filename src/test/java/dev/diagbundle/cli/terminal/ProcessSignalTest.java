package dev.diagbundle.cli.terminal;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.Run;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.testing.RequiredTool;
import dev.diagbundle.testing.WholeBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real signals to a real process, whose cluster has kubelets that never answer.
@Tag("process")
final class ProcessSignalTest {
  /// Runs its arguments. A shell's background job, such as a CI run, ignores SIGINT, and so would
  /// the program below it.
  private static final String WITH_DEFAULT_SIGNALS =
      """
      import os, signal, sys
      signal.signal(signal.SIGINT, signal.SIG_DFL)
      os.execv(sys.argv[1], sys.argv[1:])
      """;

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

  @Test
  void partialFileOfAKilledRunIsListedPrintedAndReported() throws Exception {
    var process = startCollecting(folder.resolve("x.tar.gz"));
    signal(process, "KILL");
    process.waitFor();
    var partial = folder.resolve("x.tar.gz.partial").toString();
    var listed = Run.of("ls", partial);
    assertEquals(ExitCode.OK, listed.code(), listed.err());
    assertTrue(listed.out().contains("profile.yaml"), listed.out());
    var printed = Run.of("cat", "-q", partial, "profile.yaml");
    assertTrue(printed.out().contains("kind: Profile"), printed.out());
    var page = folder.resolve("page.html");
    var reported = Run.of("report", "-q", partial, "-o", page.toString());
    assertEquals(ExitCode.OK, reported.code(), reported.err());
    assertTrue(Files.readString(page).contains("interrupted"));
  }

  @Test
  void closedStandardOutputIsSaidAndLeavesNothingBehind() throws Exception {
    var temporary = Files.createDirectory(folder.resolve("temporary"));
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        String.join(
            " ",
            java,
            "-Djava.io.tmpdir=" + temporary,
            "-cp",
            "\"$DIAGBUNDLE_PATH\"",
            "dev.diagbundle.cli.Main",
            "collect -q -p minimal --demo -o - 2>errors; echo $? >code");
    // The reader goes away after the first bytes, long before all are written.
    var process =
        new ProcessBuilder("sh", "-c", "(" + command + ") | head -c 10 >head")
            .directory(folder.toFile());
    process.environment().put("DIAGBUNDLE_PATH", System.getProperty("java.class.path"));
    assertEquals(0, process.start().waitFor());
    assertEquals(10, Files.size(folder.resolve("head")));
    assertEquals(
        "diagbundle: cannot write to standard output: it was closed\n",
        Files.readString(folder.resolve("errors")));
    assertEquals("1\n", Files.readString(folder.resolve("code")));
    try (var left = Files.list(temporary)) {
      var names = left.map(file -> file.getFileName().toString());
      assertEquals(List.of(), names.filter(name -> name.startsWith("diagbundle")).toList());
    }
  }

  @Test
  void terminatedRunWithALimitAndPartsLeavesAllPartsOrNone() throws Exception {
    var process =
        startCollecting(folder.resolve("x.tar.gz"), "--split", "64KiB", "--max-size", "1MB");
    signal(process, "TERM");
    assertEquals(ExitCode.TERMINATED, process.waitFor());
    assertFalse(Files.exists(folder.resolve("x.tar.gz")));
    assertTrue(Files.exists(folder.resolve("x.tar.gz.001")));
    try (var left = Files.list(folder)) {
      var files = left.sorted().toList();
      assertTrue(files.stream().noneMatch(file -> file.toString().endsWith(".partial")));
      var parts = files.stream().filter(file -> file.toString().matches(".*\\.tar\\.gz\\.\\d+"));
      WholeBundle.require(parts.toArray(Path[]::new));
    }
  }

  private void assertValid(Path file, String signal) throws Exception {
    try (var bundle = BundleReader.open(file)) {
      assertEquals(Optional.of(signal), bundle.manifest().run().interrupted());
    }
    WholeBundle.require(file);
    assertFalse(Files.exists(folder.resolve("x.tar.gz.partial")));
  }

  /// Starts the program and waits until the bundle is begun.
  private Process startCollecting(Path file, String... more)
      throws IOException, InterruptedException {
    var kubeconfig = kubeconfig(folder, server, "", "token: abc");
    var words =
        new ArrayList<>(
            List.of(
                RequiredTool.require("python3").path().toString(),
                "-c",
                WITH_DEFAULT_SIGNALS,
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
                file.toString()));
    words.addAll(List.of(more));
    var process =
        new ProcessBuilder(words)
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
