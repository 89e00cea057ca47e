package dev.diagbundle.analyze.rule;

import module java.base;

import dev.diagbundle.model.Printable;
import java.util.Collection;

/// Phrases for titles and evidence.
public final class RuleText {
  private static final int NAMES = 3;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private RuleText() {}

  /// A number with its noun, for example `1 pod`, `3 pods`.
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// The first names, and the number of others.
  public static String list(Collection<String> names) {
    var head = names.stream().limit(NAMES).collect(Collectors.joining(", "));
    return names.size() <= NAMES ? head : head + " and " + (names.size() - NAMES) + " more";
  }

  /// The time of day, in UTC.
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /// The text between two marks, without them; empty if they do not occur.
  public static String between(String text, String before, String after) {
    int at = text.indexOf(before);
    int end = at < 0 ? -1 : text.indexOf(after, at + before.length());
    return end < 0 ? "" : text.substring(at + before.length(), end);
  }

  /// The text on one line, truncated to `max` characters.
  public static String cut(String text, int max) {
    return Printable.cut(text.strip().replaceAll("\\s+", " "), max);
  }
}
