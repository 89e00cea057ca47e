package dev.diagbundle.analyze.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The one reading of all logs.
final class LogScannerTest {
  @Test
  void visitorGetsTheLineWithItsNumberWhereverBuffersEnd() {
    var log = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      log.append(i % 5_000 == 0 ? "E1121 x509: bad\n" : "I1121 all is well, says " + i + "\n");
    }
    log.append("last x509: bad, and no line feed");
    assertEquals(
        List.of("5000 n1", "10000 n1", "15000 n1", "20000 n1", "20001 n1"),
        seen(log.toString(), "x509: (bad|worse)"));
  }

  @Test
  void lineThatHasTheLiteralOnlyIsNotShown() {
    assertEquals(List.of("2 n1"), seen("x509: fine\nX509: BAD\n", "(?i)x509: bad"));
  }

  @Test
  void lineOfManyMegabytesIsCut() {
    var line = "x".repeat(3_000_000);
    assertEquals(List.of("1 n1"), seen("x509: bad" + line + "\nok\n", "x509: bad"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+00:00 | 2026-11-21T02:31:21.123456789Z stdout F FAILED | 2026-11-21T02:31:21.123456Z",
        "-08:00 | 2026-11-21T03:31:21+01:00 FAILED | 2026-11-21T02:31:21Z",
        "+00:00 | {\"level\":\"error\",\"ts\":\"2026-11-21T02:31:21.5Z\",\"msg\":\"FAILED\"} |"
            + " 2026-11-21T02:31:21.500Z",
        "+00:00 | {\"level\":\"error\",\"msg\":\"FAILED \\\"time\\\":\\\"2020-01-01T00:00:00Z\\\" while it"
            + " was at work, and so it goes on beyond the first few bytes of the line\","
            + "\"time\":\"2026-11-21T02:31:21Z\"} | 2026-11-21T02:31:21Z",
        "+01:00 | {\"ts\":1795228281.25,\"msg\":\"FAILED\"} | 2026-11-21T02:31:21.250Z",
        "+01:00 | {\"ts\":1795228281123.456,\"msg\":\"FAILED\"} | 2026-11-21T02:31:21.123456Z",
        "+00:00 | level=error ts=2026-11-21T02:31:21.5Z caller=a.go:1 msg=FAILED |"
            + " 2026-11-21T02:31:21.500Z",
        "-08:00 | time=\"2026-11-20T18:31:21-08:00\" level=error msg=FAILED | 2026-11-21T02:31:21Z",
        "-08:00 | 2026/11/20 18:31:21 [error] 7#7: *1 connect() FAILED | 2026-11-21T02:31:21Z",
        "-08:00 | 10.244.0.9 - - [21/Nov/2026:04:31:21 +0200] \"GET /FAILED\" 502 |"
            + " 2026-11-21T02:31:21Z",
        "-08:00 | 11/20/2026 6:31:21 PM     1001 Error            FAILED | 2026-11-21T02:31:21Z",
        "+01:00 | 21.11.2026 03:31:21       1001 Fehler           FAILED | 2026-11-21T02:31:21Z",
        "+05:30 | E1121 08:01:21.123456       1 a.go:1] FAILED | 2026-11-21T02:31:21.123456Z",
        "+09:00 | Nov 21 11:31:21 n1 CRON[1]: FAILED | 2026-11-21T02:31:21Z",
        "+09:00 | Nov 21 02:31:21.123456 n1 kubelet[1]: FAILED | 2026-11-21T02:31:21.123456Z",
        "-08:00 | 2026-11-20 18:31:21,123 - root - ERROR - FAILED | 2026-11-21T02:31:21.123Z"
      })
  void lineHasItsTimeInTheZoneOfTheNode(String zone, String line, Instant time) {
    var bundle =
        new ClusterBundle()
            .file("nodes/n1/log-query.json", "{\"utcOffset\":\"" + zone + "\"}")
            .file("nodes/n1/services/kubelet.log", line + "\n");
    var times = new ArrayList<Optional<Instant>>();
    findings(bundle, "FAILED", seen -> times.add(seen.time()));
    assertEquals(List.of(Optional.of(time)), times);
  }

  private static List<String> seen(String log, String pattern) {
    var seen = new ArrayList<String>();
    var bundle =
        new ClusterBundle()
            .file("nodes/n1/services/kubelet.log", log)
            .file("nodes/n1/services/containerd.log", log);
    findings(bundle, pattern, line -> seen.add(line.number() + " " + line.node()));
    return seen;
  }

  private static void findings(ClusterBundle bundle, String pattern, Consumer<LogLine> visitor) {
    var check =
        new Check(
            "node-flapping", Layer.NODE, "Do.", "https://kubernetes.io/", CheckInput.REQUESTS);
    var _ =
        bundle.findings(
            new Rule(check) {
              @Override
              public RuleRun begin(Subscriptions interests) {
                interests.lines(
                    "nodes/*/services/kubelet.log",
                    List.of(pattern.equals("FAILED") ? pattern : "x509:"),
                    pattern,
                    visitor);
                return (facts, conclusion) -> {};
              }
            });
  }
}
