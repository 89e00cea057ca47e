package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.model.Outcome;

/// How an answer of a journal ended.
sealed interface JournalEnd {
  /// With nothing behind it, or behind the window.
  record Proven() implements JournalEnd {}

  /// Before that, by the kubelet or with a failure.
  record BrokenOff(Optional<IOException> failure, Optional<JournalResponseReader> pass)
      implements JournalEnd {}

  /// It starts needlessly early, and the next can start later.
  ///
  /// @param entry the stamp of an entry, if more has to be known of the zone for that
  record TooEarly(Optional<Instant> entry) implements JournalEnd {}

  /// Nothing shows that it does not start too late.
  record MaybeLate() implements JournalEnd {}

  /// It does not repeat what was read before.
  record Lost() implements JournalEnd {}

  /// It is no log but this.
  record Other(Outcome outcome) implements JournalEnd {}

  /// The log is a file, for which no options are taken.
  record IsFile() implements JournalEnd {}
}
