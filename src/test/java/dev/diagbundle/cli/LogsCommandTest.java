package dev.diagbundle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The logs of a bundle as one, spans of time, joined bundles: on a bundle of the demonstration
/// cluster.
final class LogsCommandTest {
  private static final String FROM = "2026-11-21T02:31:00Z";
  private static final String TO = "2026-11-21T02:31:30Z";

  @TempDir private static Path shared = Path.of("");
  private static Path bundle = Path.of("");

  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void collect() {
    bundle = shared.resolve("demo.tar.gz");
    Run.of("collect", "-p", "windows-cni", "--demo", "-q", "-o", bundle.toString());
  }

  @Test
  void logsTellTheMinuteInWhichTheNetworkWentAway() {
    var run = Run.of("logs", bundle.toString(), "--from", FROM, "--to", TO);
    assertEquals(ExitCode.OK, run.code(), run.err());
    var lines = run.out().lines().toList();
    assertEquals(lines.stream().sorted((a, b) -> time(a).compareTo(time(b))).toList(), lines);
    assertTrue(
        lines.stream().allMatch(line -> time(line).compareTo("2026-11-21T02:31:00.000Z") >= 0));
    int network = indexOf(lines, "failed to create HNS network");
    int event = indexOf(lines, "FailedCreatePodSandBox");
    int kubelet = indexOf(lines, "Failed to create sandbox for pod");
    assertTrue(network >= 0 && network < event && event < kubelet, run.out());
    assertTrue(lines.get(kubelet).startsWith("2026-11-21T02:31:07.901Z win-1/kubelet "));
    // The files of a Windows node's services are there twice, and told once.
    assertEquals(
        1, lines.stream().filter(line -> line.contains("31:07.901714")).count(), run.out());
  }

  @Test
  void nodesAndPodsAddUp() {
    var run =
        Run.of("logs", bundle.toString(), "--node", "rig-1", "--pod", "calico-system/*windows*");
    // A node's logs are those of its pods too.
    var sources = run.out().lines().map(line -> line.split(" ", 3)[1]).collect(Collectors.toSet());
    assertTrue(sources.contains("kube-system/kube-proxy-8dk2f/kube-proxy"), sources.toString());
    assertFalse(sources.contains("events"), sources.toString());
    assertTrue(
        sources.stream()
            .noneMatch(
                source -> source.startsWith("win-1/") || source.contains("kube-proxy-windows")),
        sources.toString());
    assertTrue(run.out().contains("Z rig-1/kubelet "));
    assertTrue(run.out().contains("q8r5n/felix"));
  }

  @Test
  void sinceCountsFromTheEndOfTheBundle() {
    var run = Run.of("logs", bundle.toString(), "--since", "1m");
    assertTrue(
        run.out().lines().allMatch(line -> time(line).compareTo("2026-11-21T03:14:04") >= 0));
    assertFalse(run.out().isEmpty());
  }

  @Test
  void aSpanWithoutLinesSaysWhereTheBundleEnds() {
    var run = Run.of("logs", bundle.toString(), "--from", "2027-01-01T00:00:00Z");
    assertEquals(ExitCode.FAILED, run.code());
    assertTrue(run.err().contains("the bundle ends at 2026-11-21T03:15:04Z"), run.err());
  }

  @Test
  void aSpanThatCannotBeIsAWrongCall() {
    assertEquals(
        ExitCode.USAGE, Run.of("logs", bundle.toString(), "--from", TO, "--to", FROM).code());
    assertEquals(
        ExitCode.USAGE,
        Run.of("grep", "x", bundle.toString(), "--from", TO, "--since", "1m").code());
    assertEquals(ExitCode.USAGE, Run.of("logs", bundle.toString(), "--pod", "a/b/c").code());
  }

  @Test
  void onATerminalSourcesAreColouredAndLinesAreHarmless() {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, UTF_8);
    var terminal = new Terminal(stream, stream, false, true, true, out);
    var session = new Session(terminal, Map.of(), Clock.systemUTC(), Signals.NONE);
    Main.run(session, "logs", bundle.toString(), "--from", FROM, "--to", TO);
    var text = out.toString(UTF_8);
    assertTrue(text.lines().anyMatch(line -> line.matches("2026\\S+ \u001b\\[\\d+mwin-1/.*")));
    assertEquals(-1, text.replaceAll("\u001b\\[\\d*m", "").indexOf('\u001b'));
  }

  @Test
  void grepFindsOnlyWhatLiesInTheSpan() {
    var run = Run.of("grep", "HNS", bundle.toString(), "--from", FROM, "--to", TO);
    assertEquals(ExitCode.OK, run.code(), run.err());
    var all = Run.of("grep", "HNS", bundle.toString());
    assertTrue(all.out().lines().toList().containsAll(run.out().lines().toList()));
    assertTrue(run.out().lines().count() < all.out().lines().count());
    assertTrue(run.out().contains("felix.log:2:2026-11-21T02:31:04.870"), run.out());
    assertFalse(run.out().contains("T02:32:"), run.out());
  }

  @Test
  void mergedBundlesAreWholeAndKeepClustersApart() {
    var other = folder.resolve("other.tar.gz");
    Run.of("collect", "-p", "minimal", "--demo", "-q", "-o", other.toString());
    var merged = folder.resolve("merged.tar.gz");
    var run = Run.of("merge", bundle.toString(), other.toString(), "-o", merged.toString());
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.err().contains("of 2 clusters from 2 bundles"), run.err());
    assertEquals(ExitCode.OK, Run.of("verify", merged.toString()).code());
    var files = Run.of("ls", merged.toString(), "--cluster", "demo-2");
    assertTrue(files.out().lines().allMatch(line -> line.contains("clusters/demo-2/")));
    var story = Run.of("logs", merged.toString(), "--from", FROM, "--to", TO);
    assertTrue(story.out().contains("Z demo/win-1/kubelet "), story.out());
    var unknown = Run.of("cat", merged.toString(), "**", "--cluster", "prod");
    assertTrue(unknown.err().contains("no cluster 'prod' in the bundle"), unknown.err());
  }

  @Test
  void mergeReplacesNoneOfItsSources() throws Exception {
    var partial = folder.resolve("x.tar.gz.partial");
    Files.copy(bundle, partial);
    for (Path target : List.of(partial, folder.resolve("x.tar.gz"))) {
      var run = Run.of("merge", partial.toString(), "-o", target.toString());
      assertEquals(ExitCode.USAGE, run.code());
      assertTrue(run.err().contains("is an input and cannot be the output"), run.err());
    }
    assertEquals(-1, Files.mismatch(bundle, partial));
  }

  @Test
  void aReportInPlaceLeavesAllElseAsItIs() throws Exception {
    var copy = folder.resolve("copy.tar.gz");
    Files.copy(bundle, copy);
    var before = Run.of("cat", copy.toString(), "SHA256SUMS").out();
    var run = Run.of("report", copy.toString(), "--in-place");
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertEquals(ExitCode.OK, Run.of("verify", copy.toString()).code());
    var after = Run.of("cat", copy.toString(), "SHA256SUMS").out();
    assertEquals(withoutPages(before), withoutPages(after));
    assertEquals(
        Run.of("ls", bundle.toString(), "--failed").out(),
        Run.of("ls", copy.toString(), "--failed").out());
  }

  private static List<String> withoutPages(String sums) {
    return sums.lines()
        .filter(line -> !line.endsWith("  index.html") && !line.endsWith("  manifest.json"))
        .toList();
  }

  private static String time(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  private static int indexOf(List<String> lines, String part) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(part)) {
        return i;
      }
    }
    return -1;
  }
}
