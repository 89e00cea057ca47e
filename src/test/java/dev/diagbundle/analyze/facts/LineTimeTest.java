package dev.diagbundle.analyze.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Times at the beginnings of lines.
final class LineTimeTest {
  private static final Instant READ = Instant.parse("2026-01-02T03:00:00Z");

  @Test
  void eachCommonFormIsRead() {
    assertEquals("2026-01-02T02:59:58.123456789Z", time("2026-01-02T02:59:58.123456789Z x"));
    assertEquals("2026-01-02T02:59:58Z", time("2026-01-02T04:59:58+02:00 stdout F x"));
    assertEquals("2026-01-02T02:59:58Z", time("2026-01-02 02:59:58,123 ERROR x"));
    assertEquals("2026-01-02T02:59:58Z", time("time=\"2026-01-02T02:59:58Z\" level=error"));
    assertEquals("2026-01-02T02:59:58Z", time("E0102 02:59:58.904413    4212 x.go:1] x"));
    assertEquals("2026-01-02T02:59:58Z", time("Jan  2 02:59:58 n1 kubelet[1]: x"));
  }

  @Test
  void lineWithoutAYearIsOfTheYearThatIsNearest() {
    assertEquals("2025-12-31T23:59:58Z", time("Dec 31 23:59:58 n1 kubelet[1]: x"));
    assertEquals("2025-12-31T23:59:58Z", time("W1231 23:59:58.904413    4212 x.go:1] x"));
  }

  @Test
  void whatOnlyLooksLikeATimeIsNone() {
    for (String line :
        List.of(
            "",
            "E",
            "panic: runtime error: index out of range",
            "E9999 99:99:99.904413    4212 x.go:1] x",
            "Feb 31 25:61:61 n1 kubelet[1]: x",
            "2026-99-99T99:99:99Z x",
            "2026-01-02Tx")) {
      assertEquals(Optional.empty(), LineTime.of(line, READ), line);
    }
  }

  private static String time(String line) {
    return LineTime.of(line, READ).orElseThrow().toString();
  }
}
