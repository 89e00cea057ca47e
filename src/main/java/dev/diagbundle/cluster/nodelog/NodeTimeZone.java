package dev.diagbundle.cluster.nodelog;

import module java.base;

/// The known bounds of one node's time zone, in which its journal interprets the `sinceTime` of a
/// log query, whatever zone that specifies. Safe for use by many threads.
///
/// No API reports the zone; but no entry of a response is older than the query's wall clock, taken
/// for the node's own. So every response's first entry gives a lower bound of the zone's offset,
/// and a query that uses a lower bound starts too early, never too late. A bound taken at another
/// time of the year may be off by the hour of daylight saving: [#isProven] tests that.
///
/// Most nodes are in UTC. So the first query assumes UTC, and only if its response may have started
/// too late, which the first entry shows, the next one starts from the lower bound.
public final class NodeTimeZone {
  /// The lowest offset of any zone.
  static final Duration WESTERNMOST = Duration.ofHours(-12);

  private static final Duration EASTERNMOST = Duration.ofHours(14);

  /// Offsets of zones are multiples of this.
  static final Duration STEP = Duration.ofMinutes(15);

  /// The maximum time from the start of a query to its first entry if that is to confirm the zone.
  private static final Duration NEAR = Duration.ofMinutes(2);

  /// The certainty of the zone.
  public enum Certainty {
    /// Two responses enclose the offset.
    PROVEN,
    /// A response began where it should with this offset. It would also if the journal began there.
    LIKELY,
    /// The offset is this or more.
    AT_LEAST,
    UNKNOWN
  }

  private Duration bound = WESTERNMOST;
  private boolean assumesUtc = true;
  private boolean confirmed;
  private boolean used;
  private Duration ceiling = EASTERNMOST.plus(STEP);
  private Optional<Instant> provenAt = Optional.empty();

  /// The lower bound of the zone's lead over UTC.
  public synchronized Duration bound() {
    return bound;
  }

  /// The certainty with which [#bound] is the offset itself.
  public synchronized Certainty certainty() {
    if (bound.equals(WESTERNMOST)) {
      return Certainty.UNKNOWN;
    }
    if (ceiling.minus(bound).equals(STEP)) {
      return Certainty.PROVEN;
    }
    return confirmed ? Certainty.LIKELY : Certainty.AT_LEAST;
  }

  /// The lead over UTC that the next query is to use: not more than that of the node, except for
  /// the assumption of UTC.
  synchronized Duration lead() {
    return assumesUtc && bound.isNegative() ? Duration.ZERO : bound;
  }

  /// Ends the assumption that the zone is UTC: from now on, only bounds count.
  synchronized void endAssumption() {
    assumesUtc = false;
  }

  /// Records that a log was read that began at or after a query's start.
  synchronized void use() {
    used = true;
  }

  /// Returns whether a log was read, so that better knowledge only saves the lines before the
  /// start.
  synchronized boolean isUsed() {
    return used;
  }

  /// Returns whether nothing is known that a query could be late by.
  synchronized boolean isWesternmost() {
    return bound.equals(WESTERNMOST);
  }

  /// Returns whether only a bound is known that no response has confirmed, so that a query needs an
  /// hour more in case of daylight saving.
  synchronized boolean needsSlack() {
    return !assumesUtc && !isWesternmost() && provenAt.isEmpty();
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
    raise(offset);
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
      raise(offset);
    }
  }

  private void raise(Duration offset) {
    bound = offset;
    provenAt = Optional.empty();
    confirmed = false;
  }

  /// Sets the upper bound to this lead over UTC, exclusive.
  synchronized void below(Duration offset) {
    ceiling = offset;
  }

  /// Records that the response to a query for this instant began there.
  ///
  /// @param first the stamp of its first entry
  synchronized void prove(Instant from, Instant first) {
    provenAt = Optional.of(from);
    var late = Duration.between(from.truncatedTo(ChronoUnit.SECONDS), first);
    confirmed |= !late.isNegative() && late.compareTo(NEAR) < 0;
  }

  /// Returns whether a query with the lower bound for this instant cannot start too late.
  synchronized boolean isProven(Instant from) {
    return isWesternmost() || provenAt.equals(Optional.of(from));
  }
}
