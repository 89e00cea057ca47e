package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.model.Outcome;

/// The result of one event log query.
///
/// @param kind the kind of the result
/// @param rows number of events in the response, copied or not
/// @param took duration of the query
/// @param words the reason for the truncation, if it was truncated
/// @param outcome the reason for the refusal, if it was refused
record EventQueryResult(
    Kind kind, long rows, Duration took, String words, Optional<Outcome> outcome) {
  /// Kind of a result.
  enum Kind {
    /// All events of the span, or the message that there are none.
    WHOLE,
    /// No response, or a truncated one: a smaller span may succeed.
    CUT,
    /// An error that a smaller span would not avoid.
    REFUSED,
    /// The message that the log is a file.
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
