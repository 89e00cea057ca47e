package dev.diagbundle.findings;

import java.util.List;

/// What came of a check: never a bare "fine", if what it needs was not there.
public sealed interface Verdict {
  /// It found something.
  ///
  /// @param missing what it could not look at even so; mostly empty
  record Fired(List<String> missing) implements Verdict {
    public Fired {
      missing = List.copyOf(missing);
    }
  }

  /// It looked at everything it needs, and found nothing.
  record Clear() implements Verdict {}

  /// It found nothing, and could not look at everything.
  ///
  /// @param missing what it could not look at, and why, in words
  record Unknown(List<String> missing) implements Verdict {
    public Unknown {
      missing = List.copyOf(missing);
    }
  }

  /// It was not run, because somebody said so.
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

  /// What could not be looked at.
  default List<String> gaps() {
    return switch (this) {
      case Fired(List<String> missing) -> missing;
      case Clear _, Ignored _ -> List.of();
      case Unknown(List<String> missing) -> missing;
    };
  }
}
