package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.model.Outcome;

/// What one question about an event log came to.
///
/// @param kind whether it was answered
/// @param rows how many events the answer held, copied or not
/// @param took how long it took
/// @param words why it was cut, where it was
/// @param outcome why it was refused, where it was
record EventQueryResult(
    Kind kind, long rows, Duration took, String words, Optional<Outcome> outcome) {
  /// Whether a question was answered.
  enum Kind {
    /// With all events of its span, or the word that there are none.
    WHOLE,
    /// Not, or not to the end: less may be asked.
    CUT,
    /// With an error that less would not help.
    REFUSED,
    /// With the word that the log is a file.
    FILE
  }

  static EventQueryResult whole(long rows, Duration took) {
    return new EventQueryResult(Kind.WHOLE, rows, took, "", Optional.empty());
  }

  static EventQueryResult cut(String words) {
    return new EventQueryResult(Kind.CUT, 0, Duration.ZERO, words, Optional.empty());
  }

  static EventQueryResult refused(Outcome outcome) {
    return new EventQueryResult(Kind.REFUSED, 0, Duration.ZERO, "", Optional.of(outcome));
  }

  static EventQueryResult file() {
    return new EventQueryResult(Kind.FILE, 0, Duration.ZERO, "", Optional.empty());
  }
}
