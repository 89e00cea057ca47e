package dev.diagbundle.profile;

import dev.diagbundle.model.Problem;
import java.util.Optional;

/// What is wrong with a value, without its place.
record Fault(String message, Optional<String> hint) {
  static Optional<Fault> of(String message) {
    return Optional.of(new Fault(message, Optional.empty()));
  }

  static Optional<Fault> of(String message, String hint) {
    return Optional.of(new Fault(message, Optional.of(hint)));
  }

  Problem problem(String file, Position at) {
    var text = file + ":" + at.line() + ":" + at.column() + ": " + message;
    return new Problem(Problem.Kind.USAGE, text, hint);
  }
}
