package dev.diagbundle.cluster.nodelog;

import module java.base;

/// The known bounds of one node's time zone, in which its journal interprets the `sinceTime` of a
/// log query, whatever zone that specifies. Safe for use by many threads.
///
/// No API reports the zone; but no entry of a response is older than the query's wall clock, taken
/// for the node's own. So every response's first entry gives a lower bound of the zone's offset,
/// and a query that uses a lower bound starts too early, never too late. A bound taken at another
/// time of the year may be off by the hour of daylight saving: [#isProven] tests that.
public final class NodeTimeZone {
  /// The lowest offset of any zone.
  static final Duration WESTERNMOST = Duration.ofHours(-12);

  private static final Duration EASTERNMOST = Duration.ofHours(14);

  /// Offsets of zones are multiples of this.
  static final Duration STEP = Duration.ofMinutes(15);

  private Duration bound = WESTERNMOST;
  private Duration ceiling = EASTERNMOST.plus(STEP);
  private Optional<Instant> provenAt = Optional.empty();

  /// The lower bound of the zone's lead over UTC.
  public synchronized Duration bound() {
    return bound;
  }

  /// Returns whether responses have proved that the bound is the offset itself.
  public synchronized boolean isProven() {
    return provenAt.isPresent();
  }

  /// The wall clock that, read on the node, is this instant or a little before it.
  synchronized Instant wallClock(Instant instant) {
    return instant.plus(bound);
  }

  /// Narrows the bounds by a response.
  ///
  /// @param asked the local time that it was to start at, written as one of UTC
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

  /// An offset to test next, by a query that starts at a known entry: UTC first, which is the zone
  /// of most nodes, then the middle of the bounds; empty if the offset is known to a quarter of an
  /// hour.
  synchronized Optional<Duration> guess() {
    if (bound.isNegative() && ceiling.isPositive()) {
      return Optional.of(Duration.ZERO);
    }
    // The lower bound may exceed the upper one: determined at another time of the year, or from
    // contradictory responses.
    long steps = ceiling.minus(bound).dividedBy(STEP) / 2;
    return steps <= 0 ? Optional.empty() : Optional.of(bound.plus(STEP.multipliedBy(steps)));
  }

  /// Raises the lower bound to this lead over UTC.
  synchronized void atLeast(Duration offset) {
    if (offset.compareTo(bound) > 0) {
      bound = offset;
      provenAt = Optional.empty();
    }
  }

  /// Sets the upper bound to this lead over UTC, exclusive.
  synchronized void below(Duration offset) {
    ceiling = offset;
  }

  /// Records that the response to a query for this instant began there.
  synchronized void prove(Instant from) {
    provenAt = Optional.of(from);
  }

  /// Returns whether a query for this instant cannot start too late.
  synchronized boolean isProven(Instant from) {
    return bound.equals(WESTERNMOST) || provenAt.equals(Optional.of(from));
  }
}
