package dev.diagbundle.serve;

import module java.base;

import java.util.regex.Pattern;

/// A time in RFC 3339, as written by a client.
///
/// @param text as written
/// @param time cut to the second, as the kubelet cuts it
record GoTime(String text, OffsetDateTime time) {
  private static final Pattern RELATIVE = Pattern.compile("([+-]?)(\\d{1,9})([smhd])");

  static Optional<GoTime> parse(String text) {
    try {
      return Optional.of(
          new GoTime(text, OffsetDateTime.parse(text).truncatedTo(ChronoUnit.SECONDS)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  Instant instant() {
    return time.toInstant();
  }

  /// The text without its offset.
  LocalDateTime wallClock() {
    return time.toLocalDateTime();
  }

  /// A moment in the form of OpenShift's options: `-10m`, or `2026-11-21 03:15:04` in the zone of
  /// the node.
  static Optional<Instant> relativeOrLocal(String text, Instant now, ZoneId zone) {
    var matcher = RELATIVE.matcher(text);
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(2));
      var length =
          switch (matcher.group(3)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      return Optional.of(matcher.group(1).equals("-") ? now.minus(length) : now.plus(length));
    }
    try {
      return Optional.of(LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
