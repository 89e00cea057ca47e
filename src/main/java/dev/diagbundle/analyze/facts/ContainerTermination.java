package dev.diagbundle.analyze.facts;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.Interner;

/// The termination of a container.
///
/// @param message its termination message
public record ContainerTermination(
    long exitCode,
    String reason,
    String message,
    Optional<Instant> started,
    Optional<Instant> finished) {
  static Optional<ContainerTermination> of(JsonNode terminated, Interner pool) {
    if (!terminated.isObject()) {
      return Optional.empty();
    }
    return Optional.of(
        new ContainerTermination(
            Fields.number(terminated, "exitCode"),
            pool.shared(Fields.text(terminated, "reason")),
            pool.shared(Fields.text(terminated, "message").strip()),
            Fields.time(terminated, "startedAt"),
            Fields.time(terminated, "finishedAt")));
  }

  /// Returns whether it ended within the span before the instant.
  public boolean isWithin(java.time.Duration span, Instant before) {
    return finished.isPresent() && finished.get().isAfter(before.minus(span));
  }
}
