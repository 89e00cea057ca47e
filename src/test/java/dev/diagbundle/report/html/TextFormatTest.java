package dev.diagbundle.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextFormatTest {
  private static final Instant NOW = Instant.parse("2026-11-21T04:45:40Z");

  @Test
  void countsHaveCommasAndNouns() {
    assertEquals("1\u00a0pod", TextFormat.count(1, "pod"));
    assertEquals("1,234,567\u00a0pods", TextFormat.count(1_234_567, "pod"));
    assertEquals("-1,000", TextFormat.count(-1_000));
  }

  @Test
  void timesOfAnotherDayCarryTheDay() {
    assertEquals("04:45:40", TextFormat.timeNear(NOW, NOW));
    assertEquals(
        "20\u00a0Nov\u00a004:45:40", TextFormat.timeNear(NOW, NOW.minus(Duration.ofDays(1))));
    assertEquals(
        "21\u00a0Nov\u00a02025\u00a004:45:40",
        TextFormat.timeNear(NOW, NOW.minus(Duration.ofDays(365))));
  }

  @Test
  void durationsAreShort() {
    assertEquals("12\u00a0min 4\u00a0s", TextFormat.duration(Duration.ofSeconds(724)));
    assertEquals("1.9\u00a0s", TextFormat.duration(Duration.ofMillis(1_900)));
    assertEquals("6\u00a0h", TextFormat.duration(Duration.ofHours(6)));
    assertEquals("0\u00a0ms", TextFormat.duration(Duration.ZERO));
  }

  @Test
  void longListsEndInACount() {
    assertEquals("a, b and 2 more", TextFormat.list(List.of("a", "b", "c", "d"), 2));
  }
}
