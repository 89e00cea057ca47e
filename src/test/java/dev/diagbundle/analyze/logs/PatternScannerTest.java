package dev.diagbundle.analyze.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.BinCounts;
import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Error lines counted by pattern, and by log and minute.
final class PatternScannerTest {
  private static final String KUBELET = "nodes/n1/services/kubelet.log";
  private static final String APP = "cluster-resources/pods/logs/shop/web/app.log";

  @Test
  void errorsAreGroupedByShapeWithTheirTimesAndAnExample() {
    var patterns =
        patterns(
            new ClusterBundle()
                .file(
                    KUBELET,
                    """
                    Nov 21 02:10:00.000001 n1 kubelet[8]: I1121 02:10:00.000001       8 a.go:1] all well
                    Nov 21 02:11:30.000001 n1 kubelet[8]: E1121 02:11:30.000001       8 pod.go:12] "Error syncing pod" pod="shop/web-7d9f8b6c5-x2x4z"
                    Nov 21 02:11:59.000001 n1 kubelet[8]: E1121 02:11:59.000001       8 pod.go:12] "Error syncing pod" pod="shop/web-7d9f8b6c5-zzzz9"
                    Nov 21 02:12:00.000001 n1 kubelet[8]: W1121 02:12:00.000001       8 pod.go:13] failed, retries
                    """)
                .file(
                    APP,
                    """
                    2026-11-21T02:20:00.5Z level=error msg="dial 10.0.0.1:53: refused"
                    2026-11-21T02:21:00.5Z level=error msg="dial 10.0.0.2:53: refused"
                    2026-11-21T02:22:00.5Z   at failed.Class
                    panic: without a time
                    """));

    assertEquals(
        List.of(
            "2 level=error msg=\"dial <address>: refused\" 2026-11-21T02:20:00.500Z"
                + " 2026-11-21T02:21:00.500Z "
                + APP
                + ":1",
            "2 pod.go:#] \"Error syncing pod\" pod=\"shop/web-*\" 2026-11-21T02:11:30.000001Z"
                + " 2026-11-21T02:11:59.000001Z "
                + KUBELET
                + ":2",
            "1 panic: without a time - - " + APP + ":4"),
        patterns.patterns().stream().map(PatternScannerTest::text).toList());
    assertEquals(5, patterns.totals().errors());
    assertEquals(1, patterns.totals().untimed());
    assertEquals(8, patterns.totals().lines());
    assertEquals(
        List.of(APP + " 3 [305=1, 306=1]", KUBELET + " 2 [296=2]"),
        patterns.sources().stream()
            .map(source -> source.path() + " " + source.errors() + " " + bins(source.bins()))
            .toList());
    var kubelet = patterns.sources().get(1);
    assertEquals("n1", kubelet.node());
    assertEquals("2026-11-21T02:10:00.000001Z", kubelet.from().orElseThrow().toString());
    assertEquals("2026-11-21T02:12:00.000001Z", kubelet.to().orElseThrow().toString());
    assertTrue(kubelet.complete());
  }

  @Test
  void timesAreInTheZoneOfTheNode() {
    var patterns =
        patterns(
            new ClusterBundle()
                .file("nodes/w1/log-query.json", "{\"utcOffset\":\"-08:00\"}")
                .file(
                    "nodes/w1/services/hns.log",
                    """
                    11/20/2026 6:31:21 PM    1001 Error            it failed
                    11/20/2026 6:33:21 PM    1001 Error            it failed
                    """)
                .file(
                    "nodes/w1/files/logs/agent.log",
                    """
                    {"level":"error","msg":"no zone","time":"2026-11-20 18:40:00"}
                    {"level":"error","msg":"no zone","time":"2026-11-20 18:41:00"}
                    """));

    assertEquals(
        List.of(
            "2026-11-21T02:31:21Z 2026-11-21T02:33:21Z",
            "2026-11-21T02:40:00Z 2026-11-21T02:41:00Z"),
        patterns.patterns().stream()
            .map(pattern ->
                pattern.firstSeen().orElseThrow() + " " + pattern.lastSeen().orElseThrow())
            .sorted()
            .toList());
    assertEquals(0, patterns.totals().untimed());
    assertEquals(0, patterns.totals().outside());
  }

  @Test
  void logsOfNodesWithoutErrorsAreListedAndThoseOfPodsAreNot() {
    var patterns =
        patterns(
            new ClusterBundle()
                .file(KUBELET, "fine\n")
                .file(APP, "good\n")
                .file("a.log", "failed\n"));

    assertEquals(
        List.of(KUBELET), patterns.sources().stream().map(LogPatterns.Source::path).toList());
    assertEquals(2, patterns.totals().logs());
    assertEquals(List.of(), patterns.patterns());
  }

  @Test
  void fileThatIsThereTwiceIsCountedOnce() {
    var patterns =
        patterns(
            new ClusterBundle()
                .file("nodes/n1/files/kubelet/kubelet.log", "it failed\n")
                .file(KUBELET, "it failed\n"));

    assertEquals(1, patterns.totals().errors());
    assertEquals(
        List.of(KUBELET), patterns.sources().stream().map(LogPatterns.Source::path).toList());
  }

  @Test
  void timesOutsideOfTheWindowAreCountedApart() {
    var patterns =
        patterns(
            new ClusterBundle()
                .file(KUBELET, "1999-01-01T00:00:00Z it failed\n2099-01-01T00:00:00Z it failed\n"));

    assertEquals(2, patterns.totals().outside());
    assertEquals(0, patterns.sources().getFirst().bins().size());
  }

  @Test
  void rareShapesAreDroppedWhenThereAreTooManyAndFrequentOnesStay() {
    var patterns = new ErrorPatterns();
    for (int i = 0; i < 50; i++) {
      patterns.add("often", i % 2, 1_000_000L, "a.log", 1, "x");
    }
    for (int i = 0; i < 3 * ErrorPatterns.MAX_PATTERNS; i++) {
      patterns.add("once " + i, 2, 1_000_000L, "b.log", 1, "x");
    }

    var kept = patterns.patterns();
    assertTrue(kept.size() <= ErrorPatterns.MAX_PATTERNS);
    assertEquals("often", kept.getFirst().text());
    assertEquals(50, kept.getFirst().count());
    assertEquals(3L * ErrorPatterns.MAX_PATTERNS + 1, kept.size() + patterns.dropped());
  }

  @Test
  void stretchesOfTimeGrowLongerWhenThereAreTooManyAndNothingIsLost() {
    var end = Instant.parse("2026-11-21T00:00:00Z");
    var scan = new PatternScanner(TimeWindow.endingAt(end, Duration.ofDays(70)), "");
    int logs = 3;
    int each = 60_000;
    for (int log = 0; log < logs; log++) {
      scan.begin("nodes/n" + log + "/services/kubelet.log", new LineStamp(end, ZoneOffset.UTC));
      for (int i = 0; i < each; i++) {
        var line = (end.minus(Duration.ofMinutes(each - i)) + " it failed").getBytes(UTF_8);
        scan.take(line, line.length, i + 1);
      }
      scan.end("x".getBytes(UTF_8), 1, true);
    }

    var patterns = scan.result();
    assertEquals(Duration.ofMinutes(2), patterns.bin());
    long sum = 0;
    long bins = 0;
    for (var source : patterns.sources()) {
      bins += source.bins().size();
      for (var text : bins(source.bins())) {
        sum += Long.parseLong(text.substring(text.indexOf('=') + 1));
      }
    }
    assertEquals((long) logs * each, sum);
    assertTrue(bins <= PatternScanner.MAX_BINS, "bins " + bins);
  }

  @Test
  void logsOfPodsAreSummedUpBeforeThoseOfNodesWhenThereAreTooMany() {
    var end = Instant.parse("2026-11-21T00:00:00Z");
    var scan = new PatternScanner(TimeWindow.endingAt(end, Duration.ofHours(1)), "");
    var line = (end.minusSeconds(60) + " it failed").getBytes(UTF_8);
    for (int i = 0; i <= PatternScanner.MAX_SOURCES; i++) {
      var pod = "cluster-resources/pods/logs/shop/p" + i + "/app.log";
      scan.begin(i == 7 ? KUBELET : pod, new LineStamp(end, ZoneOffset.UTC));
      scan.take(line, line.length, 1);
      scan.end(line, line.length, true);
    }

    var patterns = scan.result();
    assertEquals(PatternScanner.MAX_SOURCES / 2, patterns.sources().size());
    assertEquals(PatternScanner.MAX_SOURCES / 2 + 1, patterns.others().errors());
    assertTrue(patterns.sources().stream().anyMatch(source -> source.path().equals(KUBELET)));
    assertEquals(PatternScanner.MAX_SOURCES + 1, patterns.patterns().getFirst().sources());
  }

  @Test
  void onlyTextThatIsNamedLikeALogIsRead() {
    var scan = new PatternScanner(TimeWindow.endingAt(Instant.EPOCH, Duration.ofHours(1)), "c/");

    assertTrue(scan.wants("c/" + KUBELET));
    assertTrue(scan.wants("c/nodes/n1/files/kubelet/kubelet.err.log"));
    assertTrue(scan.wants("c/nodes/n1/files/pods/a/b/0.log.20261121"));
    assertFalse(scan.wants("c/nodes/n1/files/pods/a/b/0.log.20261121.gz"));
    assertFalse(scan.wants("c/nodes/n1/files/hns.etl"));
    assertFalse(scan.wants("c/nodes/n1/describe.txt"));
    assertFalse(scan.wants("c/api/metrics.txt"));
  }

  private static LogPatterns patterns(ClusterBundle bundle) {
    return bundle.analyze(List.of()).patterns().getFirst();
  }

  private static String text(LogPatterns.Pattern pattern) {
    return pattern.count()
        + " "
        + pattern.text()
        + " "
        + pattern.firstSeen().map(Instant::toString).orElse("-")
        + " "
        + pattern.lastSeen().map(Instant::toString).orElse("-")
        + " "
        + pattern.path()
        + ":"
        + pattern.line();
  }

  private static List<String> bins(BinCounts counts) {
    var bins = new ArrayList<String>();
    counts.each((bin, count) -> bins.add(bin + "=" + count));
    return bins;
  }
}
