package dev.diagbundle.model;

import module java.base;

import java.util.regex.Pattern;

/// The text form of durations, as in `90s`, `2h30m` or `7d`.
public final class DurationText {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");

  private DurationText() {}

  /// Reads days, hours, minutes and seconds, in this order, each at most once. Empty if the text is
  /// not of this form, or zero.
  public static Optional<Duration> parse(String text) {
    var matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var duration =
        Duration.ofDays(number(matcher.group(1)))
            .plusHours(number(matcher.group(2)))
            .plusMinutes(number(matcher.group(3)))
            .plusSeconds(number(matcher.group(4)));
    return duration.isZero() ? Optional.empty() : Optional.of(duration);
  }

  /// The shortest text that [#parse] reads as this duration, cut to whole seconds; `0s` for less.
  public static String format(Duration duration) {
    var text = new StringBuilder();
    append(text, duration.toDaysPart(), 'd');
    append(text, duration.toHoursPart(), 'h');
    append(text, duration.toMinutesPart(), 'm');
    append(text, duration.toSecondsPart(), 's');
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long value, char unit) {
    if (value > 0) {
      text.append(value).append(unit);
    }
  }

  private static long number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
