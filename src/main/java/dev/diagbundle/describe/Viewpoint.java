package dev.diagbundle.describe;

import module java.base;

import dev.diagbundle.describe.kubectl.Age;
import dev.diagbundle.describe.kubectl.Times;

/// The instant and time zone that a description refers to. kubectl reads the clock for every age
/// and shows times in the zone of its user; one instant and a stated zone make a text reproducible.
///
/// @param now end of all ages, by the API server's clock
/// @param zone of all times shown
public record Viewpoint(Instant now, ZoneId zone) {
  // RFC 1123 with a numeric zone and two digits of the day, which DateTimeFormatter's own lacks.
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss xx", Locale.ENGLISH);

  /// The viewpoint in UTC.
  public static Viewpoint utc(Instant now) {
    return new Viewpoint(now, ZoneOffset.UTC);
  }

  String time(Instant instant) {
    // Go has no zone for the zero time.
    return FORM.format(instant.atZone(instant.equals(Times.ZERO) ? ZoneOffset.UTC : zone));
  }

  String age(Instant instant) {
    return Age.since(instant, now);
  }
}
