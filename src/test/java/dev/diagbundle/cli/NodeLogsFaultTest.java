package dev.diagbundle.cli;

import static dev.diagbundle.cli.NodeLogsFixture.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.ResultStream;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.serve.http.Interceptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole commands that print logs of nodes, of which some are sick, for readers who go away.
@Tag("fault")
final class NodeLogsFaultTest {
  private static final String ON = "{\"query\":\"upstream\"}";
  private static final String NOW = "2026-11-21T03:15:04Z";

  @TempDir private Path folder = Path.of("");

  private NodeLogsFixture twoNodes() throws IOException {
    return new NodeLogsFixture(folder, NOW)
        .node("a", ON)
        .journal("a", "kubelet", "Nov 21 03:00:01.000000 a kubelet[1]: one\n")
        .node("b", ON)
        .journal("b", "kubelet", "Nov 21 03:00:02.000000 b kubelet[1]: two\n");
  }

  /// Sends entries and then holds the answer until the latch is open.
  private static Interceptor holding(String node, String entries, CountDownLatch latch) {
    return request ->
        request.path().contains("/" + node + "/proxy/")
                && request.query().first("query").filter("kubelet"::equals).isPresent()
            ? Optional.of(exchange -> {
              var out = exchange.chunks(200, "text/plain;charset=UTF-8");
              out.write(entries.getBytes(UTF_8));
              out.flush();
              latch.await();
              out.close();
            })
            : Optional.empty();
  }

  @Test
  void entriesArePrintedWhileTheAnswerIsHeld() throws Exception {
    var latch = new CountDownLatch(1);
    var seen = new CountDownLatch(1);
    var entries =
        """
        Nov 21 03:00:01.000000 a kubelet[1]: one
        Nov 21 03:00:02.000000 a kubelet[1]: two
        """;
    try (var cluster = twoNodes().intercepted(holding("a", entries, latch))) {
      var command = words(cluster.serve(), "a", "-s", "kubelet");
      var out = new WatchedOutput(text -> seen.countDown());
      var code = new AtomicReference<Integer>();
      var thread = Thread.ofVirtual().start(() -> code.set(run(out, Signals.NONE, command)));
      seen.await();
      assertEquals("Nov 21 03:00:01.000000 a kubelet[1]: one\n", out.text());
      latch.countDown();
      thread.join();
      assertEquals(entries, out.text());
      assertEquals(ExitCode.OK, code.get());
    }
  }

  @Test
  void nodeThatHangsDelaysTheOthersNoLongerThanTheTimeout() throws Exception {
    try (var cluster =
        twoNodes()
            .intercepted(request ->
                request.path().contains("/b/proxy/")
                    ? Optional.of(exchange -> new CountDownLatch(1).await())
                    : Optional.empty())) {
      var run = Run.of(words(cluster.serve(), "a", "b", "-s", "kubelet", "--timeout", "4s"));
      assertEquals("a Nov 21 03:00:01.000000 a kubelet[1]: one\n", run.out());
      assertTrue(
          run.err().contains("b kubelet: failed, timed-out: no response within 4s\n"), run.err());
      assertEquals(ExitCode.INCOMPLETE, run.code());
    }
  }

  @Test
  void nodeThatHangsInTheMiddleIsLeftBehindAndJoinsAgainLater() throws Exception {
    var latch = new CountDownLatch(1);
    var entries =
        """
        Nov 21 03:00:00.000000 b kubelet[1]: zero
        Nov 21 03:00:00.500000 b kubelet[1]: half
        """;
    try (var cluster = twoNodes().intercepted(holding("b", entries, latch))) {
      var command = words(cluster.serve(), "a", "b", "-s", "kubelet", "--timeout", "4s");
      var out =
          new WatchedOutput(text -> {
            if (text.contains(" one\n")) {
              latch.countDown();
            }
          });
      assertEquals(ExitCode.OK, run(out, Signals.NONE, command));
      assertEquals(
          """
          b Nov 21 03:00:00.000000 b kubelet[1]: zero
          a Nov 21 03:00:01.000000 a kubelet[1]: one
          b Nov 21 03:00:00.500000 b kubelet[1]: half
          """,
          out.text());
    }
  }

  @Test
  void nodeWhoseLogQueryIsOffIsNamedWithWhatToDo() {
    var run = Run.of("node-logs", "rig-1", "rig-2", "-s", "kubelet", "--demo");
    assertEquals(ExitCode.INCOMPLETE, run.code());
    assertTrue(run.out().startsWith("rig-1 Nov 21 "), run.out());
    assertEquals(
        """
        diagbundle: rig-2 kubelet: skipped, unsupported: log queries return a directory listing (enableSystemLogQuery is off)
          to enable log queries, set enableSystemLogQuery in the kubelet configuration; without them, 'diagbundle collect -p node-not-ready' collects log files
        """,
        run.err());
    var alone = Run.of("node-logs", "rig-2", "-s", "kubelet", "--demo");
    assertEquals(ExitCode.FAILED, alone.code());
    assertEquals("", alone.out());
  }

  @Test
  void readerWhoClosesTheOutputEndsTheCommandQuietly() throws Exception {
    var latch = new CountDownLatch(1);
    var entries = "Nov 21 03:00:01.000000 a kubelet[1]: one\n".repeat(20_000);
    try (var cluster = twoNodes().intercepted(holding("a", entries, latch))) {
      var command = words(cluster.serve(), "a", "b", "-s", "kubelet", "--timeout", "4s");
      var err = new ByteArrayOutputStream();
      int code =
          run(
              new ResultStream(new ClosedPipe()),
              new PrintStream(err, true, UTF_8),
              Signals.NONE,
              command);
      assertEquals(ExitCode.OUTPUT_CLOSED, code);
      assertEquals("", err.toString(UTF_8));
    }
  }

  @Test
  void fullDiskUnderTheOutputIsAFailureWithItsWords() throws Exception {
    try (var cluster = twoNodes()) {
      var err = new ByteArrayOutputStream();
      int code =
          run(
              new ResultStream(new ClosedPipe("No space left on device")),
              new PrintStream(err, true, UTF_8),
              Signals.NONE,
              words(cluster.serve(), "a", "-s", "kubelet"));
      assertEquals(ExitCode.FAILED, code);
      assertEquals(
          "diagbundle: cannot write to standard output: No space left on device\n",
          err.toString(UTF_8));
    }
  }

  @Test
  void interruptEndsThePrintingOfAHeldAnswer() throws Exception {
    var latch = new CountDownLatch(1);
    var entries = "Nov 21 03:00:01.000000 a kubelet[1]: one\n".repeat(3);
    var listener = new AtomicReference<Consumer<String>>();
    try (var cluster = twoNodes().intercepted(holding("a", entries, latch))) {
      var command = words(cluster.serve(), "a", "-s", "kubelet");
      var out = new WatchedOutput(text -> listener.get().accept("INT"));
      assertEquals(ExitCode.INTERRUPTED, run(out, listener::set, command));
    }
  }

  private static int run(OutputStream out, Signals signals, String... command) {
    var none = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
    return run(new PrintStream(out, true, UTF_8), none, signals, command);
  }

  private static int run(PrintStream out, PrintStream err, Signals signals, String... command) {
    var terminal = new Terminal(out, err, false, false);
    return Main.run(new Session(terminal, Map.of(), Clock.systemUTC(), signals), command);
  }

  /// What `head` leaves behind.
  private static final class ClosedPipe extends OutputStream {
    private final String words;

    ClosedPipe() {
      this("Broken pipe");
    }

    ClosedPipe(String words) {
      this.words = words;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(words);
    }
  }

  /// Tells what has been written, whenever there is more.
  private static final class WatchedOutput extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Consumer<String> watcher;

    WatchedOutput(Consumer<String> watcher) {
      this.watcher = watcher;
    }

    String text() {
      return bytes.toString(UTF_8);
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] part, int offset, int length) {
      bytes.write(part, offset, length);
      watcher.accept(text());
    }
  }
}
