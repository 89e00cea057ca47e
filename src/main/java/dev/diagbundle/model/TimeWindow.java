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

  /// The window of the given length that ends at `to`.
  public static TimeWindow endingAt(Instant to, Duration length) {
    return new TimeWindow(to.minus(length), to);
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(from) && instant.isBefore(to);
  }

  public Duration length() {
    return Duration.between(from, to);
  }
}
