package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.EventFact;
import dev.diagbundle.analyze.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What still goes on: an event that came in the last quarter of an hour before it was read.
final class Recent {
  static final Duration ACTIVE = Duration.ofMinutes(15);

  private Recent() {}

  static boolean is(Facts facts, EventFact event) {
    return event.last().isAfter(facts.eventsReadAt(event).minus(ACTIVE));
  }

  /// Whether the time is known and at least so long ago.
  static boolean isOlder(Optional<Instant> time, Instant now, Duration age) {
    return time.filter(at -> !at.isAfter(now.minus(age))).isPresent();
  }
}
