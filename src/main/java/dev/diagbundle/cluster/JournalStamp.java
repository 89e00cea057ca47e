package dev.diagbundle.cluster;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/// The stamp at the beginning of a line of `journalctl --output=short-precise --utc`, as in `Nov 21
/// 02:29:27.253775`. It has no year; the latest one that does not lie behind the present is meant.
final class JournalStamp {
  /// Characters of a stamp.
  static final int LENGTH = 22;

  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  /// A clock may be ahead by so much before its stamps are taken for the previous year's.
  private static final int MAX_AHEAD_SECONDS = 2 * 24 * 3600;

  private JournalStamp() {}

  /// The instant that the line is stamped with; empty if it begins otherwise, as continuation lines
  /// and markers do.
  ///
  /// @param line at least the line's first [#LENGTH] bytes
  /// @param present about now
  static Optional<Instant> read(byte[] line, Instant present) {
    if (line.length < LENGTH || line[3] != ' ' || line[6] != ' ' || line[9] != ':') {
      return Optional.empty();
    }
    int month = month(line);
    int day = number(line, 4, 6);
    int hour = number(line, 7, 9);
    int minute = number(line, 10, 12);
    int second = number(line, 13, 15);
    int micros = line[15] == '.' ? number(line, 16, 22) : -1;
    if (month < 1
        || !within(day, 31)
        || !within(hour, 23)
        || !within(minute, 59)
        || !within(second, 60)
        || micros < 0) {
      return Optional.empty();
    }
    int year = present.atOffset(ZoneOffset.UTC).getYear() + 1;
    // 29 February exists in one year of four, and not in 2100.
    for (int back = 0; back < 10; back++) {
      if (day > YearMonth.of(year - back, month).lengthOfMonth() || day < 1) {
        continue;
      }
      var instant =
          LocalDateTime.of(year - back, month, day, hour, minute, Math.min(second, 59))
              .plusNanos(micros * 1000L)
              .toInstant(ZoneOffset.UTC);
      if (instant.isBefore(present.plusSeconds(MAX_AHEAD_SECONDS))) {
        return Optional.of(instant);
      }
    }
    return Optional.empty();
  }

  private static boolean within(int number, int max) {
    return number >= 0 && number <= max;
  }

  private static int month(byte[] line) {
    for (int month = 0; month < 12; month++) {
      if (line[0] == MONTHS.charAt(3 * month)
          && line[1] == MONTHS.charAt(3 * month + 1)
          && line[2] == MONTHS.charAt(3 * month + 2)) {
        return month + 1;
      }
    }
    return -1;
  }

  private static int number(byte[] line, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (line[i] == ' ' && i == from && from == 4) {
        continue;
      }
      if (line[i] < '0' || line[i] > '9') {
        return -1;
      }
      number = 10 * number + line[i] - '0';
    }
    return number;
  }
}
