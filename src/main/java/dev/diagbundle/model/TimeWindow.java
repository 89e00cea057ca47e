package dev.diagbundle.model;

import module java.base;

/// The half-open span of time `[from, to)` that a run collects. It is computed once per run, from
/// the API server's clock, and applied by every source.
///
/// @param from the first instant inside the window
/// @param to the first instant after it
public record TimeWindow(Instant from, Instant to) {
  public TimeWindow {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("window ends at " + to + ", not after its start " + from);
    }
  }

  /// The end of a window without an end.
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  /// The window without its end, for lines whose clock may be ahead.
  public TimeWindow opened() {
    return from.isBefore(NEVER) ? new TimeWindow(from, NEVER) : this;
  }

  /// Returns whether it has no end.
  public boolean isOpen() {
    return !to.isBefore(NEVER);
  }

  /// The window of the given length that ends at `to`.
  public static TimeWindow endingAt(Instant to, Duration length) {
    return new TimeWindow(to.minus(length), to);
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }

  /// Returns whether it contains the other one, except for this time at either end.
  public boolean covers(TimeWindow other, Duration tolerance) {
    return !other.from.plus(tolerance).isBefore(from) && !other.to.minus(tolerance).isAfter(to);
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
