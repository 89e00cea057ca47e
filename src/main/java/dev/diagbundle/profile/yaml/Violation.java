package dev.diagbundle.profile.yaml;

import dev.diagbundle.model.Problem;
import java.util.Optional;

/// A problem of a value, without its position.
public record Violation(String message, Optional<String> hint) {
  public static Optional<Violation> of(String message) {
    return Optional.of(new Violation(message, Optional.empty()));
  }

  public static Optional<Violation> of(String message, String hint) {
    return Optional.of(new Violation(message, Optional.of(hint)));
  }

  Problem problem(String file, Position at) {
    var text = file + ":" + at.line() + ":" + at.column() + ": " + message;
    return new Problem(Problem.Kind.USAGE, text, hint);
  }
}
