package dev.diagbundle.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The time window of a request, in the user's terms; it is resolved by the API server's clock.
public sealed interface WindowSpec {
  /// As the profile says.
  record OfProfile() implements WindowSpec {}

  /// So long before the run.
  record Since(Duration length) implements WindowSpec {}

  /// From one instant to another, or to the run.
  record Between(Instant from, Optional<Instant> to) implements WindowSpec {}

  /// The window that it means.
  ///
  /// @param present by the API server's clock
  /// @param usual how long it is if nobody said so
  /// @throws DiagbundleException if it would end before it begins
  default TimeWindow window(Instant present, Duration usual) throws DiagbundleException {
    return switch (this) {
      case OfProfile _ -> TimeWindow.endingAt(present, usual);
      case Since(Duration length) -> TimeWindow.endingAt(present, length);
      case Between(Instant from, Optional<Instant> to) -> {
        if (!from.isBefore(to.orElse(present))) {
          throw new DiagbundleException(
              Problem.usage(
                  "the window begins at " + from + ", not before its end " + to.orElse(present)));
        }
        yield new TimeWindow(from, to.orElse(present));
      }
    };
  }
}
