package dev.diagbundle.describe.kubectl;

import module java.base;

/// The age of something in kubectl's short form: `95s`, `3m1s`, `26h`, `2y1d`.
public final class Age {
  private static final int HOURS_PER_YEAR = 24 * 365;

  private Age() {}

  /// The age at `now` of something that happened at `then`; `<unknown>` if that is [Times#ZERO].
  public static String since(Instant then, Instant now) {
    return then.equals(Times.ZERO) ? "<unknown>" : of(Duration.between(then, now));
  }

  /// The form of a duration. Two clocks may differ a little, so up to two seconds of future count
  /// as now; more of it is `<invalid>`.
  public static String of(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(-2)) <= 0) {
      return "<invalid>";
    }
    if (duration.isNegative()) {
      return "0s";
    }
    long seconds = duration.toSeconds();
    if (seconds < 120) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    long hours = minutes / 60;
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (hours < 192) {
      return two(hours / 24, "d", hours % 24, "h");
    }
    if (hours < 2 * HOURS_PER_YEAR) {
      return hours / 24 + "d";
    }
    if (hours < 8 * HOURS_PER_YEAR) {
      return two(hours / HOURS_PER_YEAR, "y", hours / 24 % 365, "d");
    }
    return hours / HOURS_PER_YEAR + "y";
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
  }
}
