package dev.diagbundle.findings;

import java.util.List;

/// The outcome of a check: never clear if its inputs were missing.
public sealed interface Verdict {
  /// The check found something.
  ///
  /// @param missing the inputs that it could not examine nevertheless; usually empty
  record Fired(List<String> missing) implements Verdict {
    public Fired {
      missing = List.copyOf(missing);
    }
  }

  /// The check examined all its inputs, and found nothing.
  record Clear() implements Verdict {}

  /// The check found nothing, and could not examine all its inputs.
  ///
  /// @param missing the inputs that it could not examine, and the reasons, in words
  record Unknown(List<String> missing) implements Verdict {
    public Unknown {
      missing = List.copyOf(missing);
    }
  }

  /// The check was disabled by the user.
  record Ignored() implements Verdict {}

  /// The spelling in JSON, for example `fired`.
  default String label() {
    return switch (this) {
      case Fired _ -> "fired";
      case Clear _ -> "clear";
      case Unknown _ -> "unknown";
      case Ignored _ -> "ignored";
    };
  }

  /// The inputs that could not be examined.
  default List<String> gaps() {
    return switch (this) {
      case Fired(List<String> missing) -> missing;
      case Clear _, Ignored _ -> List.of();
      case Unknown(List<String> missing) -> missing;
    };
  }
}
