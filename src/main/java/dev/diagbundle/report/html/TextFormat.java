package dev.diagbundle.report.html;

import module java.base;

/// The formats of counts, times and lists in the page. They do not use `java.time.format` and
/// `String.format`: both load locale data, which would slow down the start of a short run.
public final class TextFormat {
  private static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  private TextFormat() {}

  /// A count: `1,204`.
  public static String count(long number) {
    var digits = Long.toString(Math.abs(number));
    var text = new StringBuilder(number < 0 ? "-" : "");
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        text.append(',');
      }
      text.append(digits.charAt(i));
    }
    return text.toString();
  }

  /// A count with its noun: `1 pod`, `1,204 pods`.
  public static String count(long number, String noun) {
    return count(number, noun, noun + "s");
  }

  public static String count(long number, String one, String many) {
    return count(number) + "\u00a0" + (number == 1 ? one : many);
  }

  /// A time of day: `03:14:36`, in UTC.
  public static String time(Instant instant) {
    var time = instant.atZone(ZoneOffset.UTC);
    return two(time.getHour()) + ":" + two(time.getMinute()) + ":" + two(time.getSecond());
  }

  /// A date: `21 November 2026`, in UTC.
  public static String date(Instant instant) {
    var day = dayOf(instant);
    return day.getDayOfMonth()
        + "\u00a0"
        + MONTHS.get(day.getMonthValue() - 1)
        + "\u00a0"
        + day.getYear();
  }

  /// The time, preceded by the day if that is not the day of `now`: `20 Nov 22:01:00`.
  public static String timeNear(Instant now, Instant instant) {
    var day = dayOf(instant);
    if (day.equals(dayOf(now))) {
      return time(instant);
    }
    var year = day.getYear() == dayOf(now).getYear() ? "" : "\u00a0" + day.getYear();
    return shortDay(day) + year + "\u00a0" + time(instant);
  }

  /// A date and time: `21 Nov 2026, 03:14:36`.
  public static String dateAndTime(Instant instant) {
    var day = dayOf(instant);
    return shortDay(day) + "\u00a0" + day.getYear() + ", " + time(instant);
  }

  /// A duration: `47 s`, `12 min 4 s`, `6 h`, `0.4 s`.
  public static String duration(Duration duration) {
    long millis = Math.abs(duration.toMillis());
    if (millis < 1_000) {
      return millis + "\u00a0ms";
    }
    if (millis < 10_000) {
      return tenths(millis) + "\u00a0s";
    }
    long seconds = millis / 1_000;
    var text = new StringBuilder();
    append(text, seconds / 86_400, "d");
    append(text, seconds / 3_600 % 24, "h");
    append(text, seconds / 60 % 60, "min");
    append(text, seconds % 60, "s");
    return text.toString();
  }

  /// Seconds with one decimal place, without a unit.
  public static String tenths(long millis) {
    long tenths = (millis + 50) / 100;
    return tenths / 10 + "." + tenths % 10;
  }

  /// A list: `a, b, c` and, if there are more than `max`, ` and 4 more`.
  public static String list(List<String> words, int max) {
    if (words.size() <= max) {
      return String.join(", ", words);
    }
    return String.join(", ", words.subList(0, max))
        + " and "
        + count(words.size() - (long) max)
        + " more";
  }

  /// A day: `21 Nov`, in UTC.
  public static String day(Instant instant) {
    return shortDay(dayOf(instant));
  }

  private static LocalDate dayOf(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static String shortDay(LocalDate day) {
    return day.getDayOfMonth() + "\u00a0" + MONTHS.get(day.getMonthValue() - 1).substring(0, 3);
  }

  private static void append(StringBuilder text, long value, String unit) {
    if (value > 0) {
      text.append(text.isEmpty() ? "" : " ").append(value).append('\u00a0').append(unit);
    }
  }

  private static String two(int value) {
    return value < 10 ? "0" + value : Integer.toString(value);
  }
}
