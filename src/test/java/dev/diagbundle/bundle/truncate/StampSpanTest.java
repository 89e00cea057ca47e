package dev.diagbundle.bundle.truncate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The times that stand in place of lines left out.
final class StampSpanTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-21T02:57:31.25Z a |2026-11-22T02:57:31Z b |"
            + " 2026-11-21T02:57:31.25Z | 2026-11-22T02:57:31Z",
        "Nov 21 02:29:27.253775 a |Nov 22 02:29:27.253775 b |"
            + " Nov 21 02:29:27.253775 | Nov 22 02:29:27.253775",
        "11/21/2026 2:30:58 PM   326 Error   a |11/22/2026 2:30:58 AM   326 Error   b |"
            + " 11/21/2026 2:30:58 PM | 11/22/2026 2:30:58 AM",
        "{\"msg\":\"a\",\"ts\":\"2026-11-21T02:57:31Z\"} |{\"msg\":\"b\",\"ts\":1795315451.25} |"
            + " 2026-11-21T02:57:31Z | 1795315451.25"
      })
  void firstAndLastTimeAreAsTheLogWritesThem(String first, String second, String from, String to) {
    var log = ("without\n" + first + "\n\tat more\n" + second + "\nno time").getBytes(UTF_8);
    for (int part = 1; part <= log.length; part += 7) {
      var span = new StampSpan();
      for (int at = 0; at < log.length; at += part) {
        span.take(log, at, Math.min(part, log.length - at));
      }
      assertEquals(new StampSpan.Found(from, to), span.found());
    }
  }

  @Test
  void logWithoutTimesHasNone() {
    var span = new StampSpan();
    var log = "a line\nand another\n".getBytes(UTF_8);
    span.take(log, 0, log.length);
    assertEquals(StampSpan.Found.NONE, span.found());
  }
}
