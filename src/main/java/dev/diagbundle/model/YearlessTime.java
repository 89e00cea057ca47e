package dev.diagbundle.model;

import module java.base;

/// Times of logs without a year: interpreted as the latest one that is not after the present.
public final class YearlessTime {
  /// The maximum lead of a clock before its times are interpreted as the previous year's.
  private static final int MAX_AHEAD_SECONDS = 2 * 24 * 3600;

  private YearlessTime() {}

  /// The time in seconds since 1970; [Long#MIN_VALUE] if there is no such time.
  ///
  /// @param present about now, by the clock that makes the times
  /// @param month from 1
  public static long second(Instant present, int month, int day, int hour, int minute, int second) {
    boolean valid =
        within(month, 1, 12)
            && within(day, 1, 31)
            && within(hour, 0, 23)
            && within(minute, 0, 59)
            && within(second, 0, 60);
    if (!valid) {
      return Long.MIN_VALUE;
    }
    int year = present.atOffset(ZoneOffset.UTC).getYear() + 1;
    // 29 February exists in one year of four, and not in 2100.
    for (int back = 0; back < 10; back++) {
      if (day > YearMonth.of(year - back, month).lengthOfMonth()) {
        continue;
      }
      var time = LocalDateTime.of(year - back, month, day, hour, minute, Math.min(second, 59));
      long epochSecond = time.toEpochSecond(ZoneOffset.UTC);
      if (epochSecond < present.getEpochSecond() + MAX_AHEAD_SECONDS) {
        return epochSecond;
      }
    }
    return Long.MIN_VALUE;
  }

  private static boolean within(int number, int min, int max) {
    return number >= min && number <= max;
  }
}
