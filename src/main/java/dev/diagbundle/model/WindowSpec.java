package dev.diagbundle.model;

import module java.base;

/// The time window of a request as given; it is resolved by the API server's clock.
public sealed interface WindowSpec {
  /// A window of the profile's length that ends at an instant, or at the run.
  record OfProfile(Optional<Instant> to) implements WindowSpec {
    /// The window that ends at the run.
    public OfProfile() {
      this(Optional.empty());
    }
  }

  /// A window of this length that ends at the run.
  record Since(Duration length) implements WindowSpec {}

  /// A window from one instant to another, or to the run.
  record Between(Instant from, Optional<Instant> to) implements WindowSpec {}

  /// Returns whether it has an end of its own, so that later lines are not wanted.
  default boolean hasEnd() {
    return switch (this) {
      case OfProfile(Optional<Instant> to) -> to.isPresent();
      case Since _ -> false;
      case Between(_, Optional<Instant> to) -> to.isPresent();
    };
  }

  /// The resolved window.
  ///
  /// @param present by the API server's clock
  /// @param usual its length if none is given
  /// @throws DiagbundleException if it would end before it begins
  default TimeWindow window(Instant present, Duration usual) throws DiagbundleException {
    return switch (this) {
      case OfProfile(Optional<Instant> to) -> TimeWindow.endingAt(to.orElse(present), usual);
      case Since(Duration length) -> TimeWindow.endingAt(present, length);
      case Between(Instant from, Optional<Instant> to) -> {
        if (!from.isBefore(to.orElse(present))) {
          throw new DiagbundleException(
              Problem.usage(
                  "time window: start " + from + " is not before its end " + to.orElse(present)));
        }
        yield new TimeWindow(from, to.orElse(present));
      }
    };
  }
}
