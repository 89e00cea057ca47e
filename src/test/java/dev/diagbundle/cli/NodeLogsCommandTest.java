package dev.diagbundle.cli;

import static dev.diagbundle.cli.NodeLogsFixture.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole commands that print logs of nodes.
final class NodeLogsCommandTest {
  private static final String ON = "{\"query\":\"upstream\"}";
  private static final String NOW = "2026-11-21T03:15:04Z";

  @TempDir private Path folder = Path.of("");

  @Test
  void oneLogIsTheRecordedJournalByteForByteInTheWindow() throws Exception {
    var recorded = NodeLogsFixture.recordedBody("024-nodelogs-kubelet-since");
    try (var cluster =
        new NodeLogsFixture(folder, NOW)
            .intercepted(request ->
                request.query().first("query").filter("kubelet"::equals).isPresent()
                    ? Optional.of(
                        exchange -> exchange.send(200, "text/plain;charset=UTF-8", recorded))
                    : Optional.empty())) {
      var command = cluster.serveDemo();
      var text = new String(recorded, UTF_8);
      var whole = Run.of(words(command, "rig-1", "-s", "kubelet", "--since", "2h"));
      assertEquals(new Run(ExitCode.OK, text, ""), whole);

      var window =
          Run.of(
              words(
                  command,
                  "rig-1",
                  "-s",
                  "kubelet",
                  "--from",
                  "2026-11-21T02:29:05Z",
                  "--to",
                  "2026-11-21T02:29:20Z"));
      var expected =
          text.lines()
              .filter(line -> line.compareTo("Nov 21 02:29:05") >= 0)
              .filter(line -> line.compareTo("Nov 21 02:29:20") < 0)
              .map(line -> line + "\n")
              .collect(Collectors.joining());
      assertEquals(new Run(ExitCode.OK, expected, ""), window);
    }
  }

  @Test
  void demonstrationClusterNeedsNoKubeconfig() {
    var run = Run.of("node-logs", "rig-1", "-s", "kubelet", "--demo", "--grep", "seq=199999");
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertEquals(1, run.out().lines().count());
    assertTrue(run.out().contains(" rig-1 kubelet[1234]: "), run.out());
  }

  @Test
  void journalsOfNodesInDifferentZonesAreMergedOverNewYear() throws Exception {
    try (var cluster =
        new NodeLogsFixture(folder, "2027-01-01T00:20:00Z")
            .node("a", "{\"query\":\"upstream\",\"zone\":\"America/New_York\"}")
            .journal(
                "a",
                "kubelet",
                """
                Dec 31 23:59:58.000000 a kubelet[1]: first
                                                    and more of it
                Jan 01 00:00:02.000000 a kubelet[1]: fourth
                """)
            .node("b", "{\"query\":\"upstream\",\"zone\":\"Asia/Kolkata\"}")
            .journal(
                "b",
                "kubelet",
                """
                Dec 31 23:59:59.000000 b kubelet[1]: second
                Jan 01 00:00:01.000000 b kubelet[1]: third
                Jan 01 00:00:03.000000 b kubelet[1]: fifth
                """)) {
      var run = Run.of(words(cluster.serve(), "a", "b", "-s", "kubelet"));
      assertEquals(
          new Run(
              ExitCode.OK,
              """
              a Dec 31 23:59:58.000000 a kubelet[1]: first
              a                                     and more of it
              b Dec 31 23:59:59.000000 b kubelet[1]: second
              b Jan 01 00:00:01.000000 b kubelet[1]: third
              a Jan 01 00:00:02.000000 a kubelet[1]: fourth
              b Jan 01 00:00:03.000000 b kubelet[1]: fifth
              """,
              ""),
          run);
    }
  }

  @Test
  void servicesOfOneNodeAreMergedWithTheirNamesAndItsBootsMarked() throws Exception {
    try (var cluster =
        new NodeLogsFixture(folder, NOW)
            .node("a", ON)
            .journal(
                "a",
                "kubelet",
                """
                Nov 21 03:00:00.000000 a kubelet[1]: one
                -- Boot 58e6 --
                Nov 21 03:00:04.000000 a kubelet[1]: four
                """)
            .journal(
                "a",
                "containerd",
                """
                Nov 21 03:00:02.000000 a containerd[1]: two
                Nov 21 03:00:03.000000 a containerd[1]: three
                """)) {
      var command = cluster.serve();
      var run = Run.of(words(command, "a", "-s", "kubelet,containerd"));
      assertEquals(
          new Run(
              ExitCode.OK,
              """
              kubelet Nov 21 03:00:00.000000 a kubelet[1]: one
              containerd Nov 21 03:00:02.000000 a containerd[1]: two
              containerd Nov 21 03:00:03.000000 a containerd[1]: three
              kubelet -- Boot 58e6 --
              kubelet Nov 21 03:00:04.000000 a kubelet[1]: four
              """,
              ""),
          run);
      var always = Run.of(words(command, "a", "-s", "containerd", "--prefix"));
      assertTrue(always.out().startsWith("a containerd Nov 21 03:00:02"), always.out());
      var never = Run.of(words(command, "a", "-s", "kubelet,containerd", "--no-prefix"));
      assertTrue(never.out().startsWith("Nov 21 03:00:00"), never.out());
    }
  }

  @Test
  void moreNodesThanPlacesAreMergedWholeAndInOrder() throws Exception {
    try (var cluster = new NodeLogsFixture(folder, NOW)) {
      for (int node = 10; node < 40; node++) {
        var name = "n" + node;
        cluster.node(name, ON).journal(name, "kubelet", journal(name, "kubelet", node));
        cluster.journal(name, "containerd", journal(name, "containerd", node));
      }
      var run =
          Run.of(
              words(
                  cluster.serve(),
                  "n*",
                  "-s",
                  "kubelet",
                  "-s",
                  "containerd",
                  "--concurrency",
                  "2"));
      assertEquals(ExitCode.OK, run.code(), run.err());
      var stamps = run.out().lines().map(line -> line.replaceFirst("^\\S+ \\S+ ", "")).toList();
      assertEquals(30 * 2 * 500, stamps.size());
      var times = stamps.stream().map(line -> line.substring(0, 22)).toList();
      assertEquals(times.stream().sorted().toList(), times);
    }
  }

  /// Five hundred entries of some length, two a second.
  private static String journal(String node, String unit, int number) {
    return IntStream.range(0, 500)
        .mapToObj(i ->
            String.format(
                "Nov 21 03:%02d:%02d.%06d %s %s[1]: %d %s%n",
                i / 120, i / 2 % 60, i % 2 * 500_000 + number, node, unit, i, "x".repeat(150)))
        .collect(Collectors.joining());
  }

  @Test
  void logThatIsAFileFollowsTheJournalsUnmerged() throws Exception {
    try (var cluster =
        new NodeLogsFixture(folder, NOW)
            .node("a", ON)
            .logFile("a", "agent.log", "I1121 03:00:00.0 1 main.go:1] begun\nno end of line")
            .node("b", ON)
            .journal("b", "agent", "Nov 21 03:00:01.000000 b agent[1]: one\n")) {
      var run = Run.of(words(cluster.serve(), "--all", "-s", "agent"));
      assertEquals(
          """
          b Nov 21 03:00:01.000000 b agent[1]: one
          a I1121 03:00:00.0 1 main.go:1] begun
          a no end of line\
          """,
          run.out());
      assertEquals(
          """
          diagbundle: a agent: log file, printed here, not merged
          diagbundle: a agent: log file, not limited to the time window
          """,
          run.err());
      assertEquals(ExitCode.OK, run.code());
    }
  }

  @Test
  void controlCharactersAreSpelledOutOnATerminalAndKeptElsewhere() throws Exception {
    var entry = "Nov 21 03:00:01.000000 a agent[1]: \u001b[31mred\u0007\n";
    try (var cluster =
        new NodeLogsFixture(folder, NOW).node("a", ON).journal("a", "agent", entry)) {
      var command = words(cluster.serve(), "a", "-s", "agent");
      assertEquals(entry, Run.of(command).out());
      var out = new ByteArrayOutputStream();
      var err = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
      var terminal = new Terminal(new PrintStream(out, true, UTF_8), err, false, false, true, out);
      Main.run(new Session(terminal, Map.of(), Clock.systemUTC(), Signals.NONE), command);
      assertEquals("Nov 21 03:00:01.000000 a agent[1]: redU+0007\n", out.toString(UTF_8));
    }
  }

  @Test
  void callWithoutNodesIsRefusedWithAHint() {
    assertEquals(
        new Run(
            ExitCode.USAGE,
            "",
            """
            diagbundle: no nodes specified
              add node names, as in 'worker-*', --node-selector or --all
            """),
        Run.of("node-logs", "-s", "kubelet"));
    assertEquals(ExitCode.USAGE, Run.of("node-logs", "a", "--demo").code());
    assertEquals(
        ExitCode.USAGE, Run.of("node-logs", "a", "-s", "kubelet.service", "--demo").code());
    assertEquals(
        ExitCode.USAGE, Run.of("node-logs", "a", "-s", "x", "--grep", "(", "--demo").code());
  }

  @Test
  void nodeThatDoesNotExistIsNamedAndTheOthersArePrinted() {
    var run = Run.of("node-logs", "rig-1", "ghost", "-s", "kubelet", "--demo");
    assertEquals(ExitCode.INCOMPLETE, run.code());
    assertEquals(
        "diagbundle: ghost kubelet: failed, not-found: the cluster has no such node\n", run.err());
    assertTrue(run.out().startsWith("Nov 21 "), run.out());
    assertEquals(ExitCode.FAILED, Run.of("node-logs", "ghost", "-s", "x", "--demo").code());
  }
}
