package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LineStampJournalTest {
  @ParameterizedTest
  @CsvSource({
    "Nov 21 02:29:27.253775, 2026-11-21T03:14:36Z, 2026-11-21T02:29:27.253775Z",
    "Dec 31 23:59:59.999999, 2027-01-01T00:00:05Z, 2026-12-31T23:59:59.999999Z",
    "Jan 01 00:00:01.000000, 2026-12-31T23:59:59Z, 2027-01-01T00:00:01Z",
    "Feb 29 12:00:00.000000, 2026-11-21T03:14:36Z, 2024-02-29T12:00:00Z",
    "Nov 30 00:00:00.000000, 2026-11-21T03:14:36Z, 2025-11-30T00:00:00Z"
  })
  void yearIsTheLatestThatFits(String line, Instant present, Instant expected) {
    assertEquals(Optional.of(expected), read(line, present));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- Boot 0123456789abcdef --",
        "                         continued",
        "Nov 21",
        "Nov 31 02:29:27.253775",
        "Foo 21 02:29:27.253775",
        "Nov 21 25:29:27.253775",
        "Nov 21 02:29:27 253775"
      })
  void otherLinesHaveNoStamp(String line) {
    assertEquals(Optional.empty(), read(line, Instant.parse("2026-11-21T03:14:36Z")));
  }

  @Test
  void leapSecondIsTheLastOfItsMinute() {
    assertEquals(
        Optional.of(Instant.parse("2026-06-30T23:59:59Z")),
        read("Jun 30 23:59:60.000000", Instant.parse("2026-11-21T03:14:36Z")));
  }

  private static Optional<Instant> read(String line, Instant present) {
    var bytes = line.getBytes(StandardCharsets.UTF_8);
    long micros = new LineStamp(present, ZoneOffset.UTC).journalMicros(bytes, 0, bytes.length);
    return micros == LineStamp.NONE ? Optional.empty() : Optional.of(LineStamp.instant(micros));
  }
}
