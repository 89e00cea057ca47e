package dev.diagbundle.analyze.rules.support;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;

/// The test for active problems: an event is recent if it occurred within 15 minutes before it was
/// read.
public final class Recency {
  public static final Duration ACTIVE = Duration.ofMinutes(15);

  private Recency() {}

  public static boolean is(Facts facts, EventFact event) {
    return event.last().isAfter(facts.eventsReadAt(event).minus(ACTIVE));
  }

  /// Returns whether the time is known and at least `age` before `now`.
  public static boolean isOlder(Optional<Instant> time, Instant now, Duration age) {
    return time.filter(at -> !at.isAfter(now.minus(age))).isPresent();
  }
}
