package dev.diagbundle.describe.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T04:45:41Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT119S, 119s",
    "PT119.999S, 119s",
    "PT120S, 2m",
    "PT121S, 2m1s",
    "PT9M59S, 9m59s",
    "PT10M, 10m",
    "PT179M, 179m",
    "PT3H, 3h",
    "PT3H1M, 3h1m",
    "PT7H59M59S, 7h59m",
    "PT8H, 8h",
    "PT47H59M, 47h",
    "PT48H, 2d",
    "PT49H, 2d1h",
    "PT191H, 7d23h",
    "PT192H, 8d",
    "P729D, 729d",
    "P730D, 2y",
    "P731D, 2y1d",
    "P2919D, 7y364d",
    "P2920D, 8y",
    "P36500D, 100y",
    "PT-1S, 0s",
    "PT-1.999S, 0s",
    "PT-2S, <invalid>",
    "P-400D, <invalid>",
  })
  void durationsReadAsInKubectl(Duration duration, String expected) {
    assertEquals(expected, Age.of(duration));
  }

  @Test
  void whatNeverHappenedHasNoAge() {
    assertEquals("<unknown>", Age.since(Times.ZERO, NOW));
  }

  @Test
  void agesCountBackFromNow() {
    assertEquals("3m1s", Age.since(NOW.minusSeconds(181), NOW));
  }
}
