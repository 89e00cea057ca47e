package dev.diagbundle.cluster.nodelog;

import module java.base;

/// What is known of the time zone of one node, in which its journal reads the `sinceTime` of a log
/// query, whatever zone that names. Safe for use by many threads.
///
/// Nothing says the zone; but no entry of an answer is older than the question's wall clock, taken
/// for the node's own. So every answer's first entry gives a lower bound of the zone's offset, and
/// a question that uses a lower bound starts too early, never too late. A bound taken at another
/// time of the year may be off by the hour of daylight saving: that is what [#isProven] is for.
public final class NodeTimeZone {
  /// Farther west of UTC is no zone.
  static final Duration WESTERNMOST = Duration.ofHours(-12);

  private static final Duration EASTERNMOST = Duration.ofHours(14);

  /// Offsets of zones are multiples of this.
  static final Duration STEP = Duration.ofMinutes(15);

  private Duration bound = WESTERNMOST;
  private Duration ceiling = EASTERNMOST.plus(STEP);
  private Optional<Instant> provenAt = Optional.empty();

  /// What the zone is ahead of UTC, at least.
  public synchronized Duration bound() {
    return bound;
  }

  /// Whether answers have shown that the bound is the offset itself.
  public synchronized boolean isProven() {
    return provenAt.isPresent();
  }

  /// The wall clock that, read on the node, is this instant or a little before it.
  synchronized Instant wallClock(Instant instant) {
    return instant.plus(bound);
  }

  /// Learns from an answer.
  ///
  /// @param asked the wall clock that it was to start at, written as one of UTC
  /// @param first the stamp of its first entry
  /// @return whether the zone is now known better
  synchronized boolean learn(Instant asked, Instant first) {
    long steps =
        Math.floorDiv(
            Duration.between(first, asked).plus(STEP.dividedBy(2)).toSeconds(), STEP.toSeconds());
    var offset = STEP.multipliedBy(steps);
    if (offset.compareTo(bound) <= 0 || offset.compareTo(EASTERNMOST) > 0) {
      return false;
    }
    bound = offset;
    provenAt = Optional.empty();
    return true;
  }

  /// An offset to ask about next, by a question that starts at an entry that is known: UTC first,
  /// as most nodes have it, then half way; empty if the offset is known to a quarter of an hour.
  synchronized Optional<Duration> guess() {
    if (bound.isNegative() && ceiling.isPositive()) {
      return Optional.of(Duration.ZERO);
    }
    // The bound may lie above the ceiling: learnt at another time of the year, or from answers that
    // contradict each other.
    long steps = ceiling.minus(bound).dividedBy(STEP) / 2;
    return steps <= 0 ? Optional.empty() : Optional.of(bound.plus(STEP.multipliedBy(steps)));
  }

  /// Learns that the zone is as far ahead of UTC as this, or farther.
  synchronized void atLeast(Duration offset) {
    if (offset.compareTo(bound) > 0) {
      bound = offset;
      provenAt = Optional.empty();
    }
  }

  /// Learns that the zone is less far ahead of UTC.
  synchronized void below(Duration offset) {
    ceiling = offset;
  }

  /// Notes that a question for this instant was answered from there on.
  synchronized void prove(Instant from) {
    provenAt = Optional.of(from);
  }

  /// Whether a question for this instant cannot start too late.
  synchronized boolean isProven(Instant from) {
    return bound.equals(WESTERNMOST) || provenAt.equals(Optional.of(from));
  }
}
