package dev.diagbundle.model;

import java.util.Optional;

/// A failure for the user: one message (subject, fact, value) and, apart from it, a hint.
///
/// @param kind category, which determines the exit code
/// @param message one line, without a final full stop
/// @param hint suggested action
public record Problem(Kind kind, String message, Optional<String> hint) {
  /// The category of a problem.
  public enum Kind {
    /// Usage error or invalid profile; nothing was done.
    USAGE,
    /// The work failed.
    FAILURE
  }

  public static Problem usage(String message) {
    return new Problem(Kind.USAGE, message, Optional.empty());
  }

  public static Problem failure(String message) {
    return new Problem(Kind.FAILURE, message, Optional.empty());
  }

  public Problem withHint(String text) {
    return new Problem(kind, message, Optional.of(text));
  }
}
