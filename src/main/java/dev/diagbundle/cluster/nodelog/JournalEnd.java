package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.model.Outcome;

/// The result of reading one journal response.
sealed interface JournalEnd {
  /// The end of the journal, or of the window.
  record Proven() implements JournalEnd {}

  /// A truncation before that, by the kubelet or by a failure.
  record BrokenOff(Optional<IOException> failure, Optional<JournalResponseReader> pass)
      implements JournalEnd {}

  /// A start that is needlessly early; the next one can be later.
  ///
  /// @param entry the stamp of an entry, if the zone has to be determined further for that
  record TooEarly(Optional<Instant> entry) implements JournalEnd {}

  /// A start that may be too late: nothing proves otherwise.
  record MaybeLate() implements JournalEnd {}

  /// A response that does not repeat the entries read before.
  record Lost() implements JournalEnd {}

  /// A response that is no log, with its outcome.
  record Other(Outcome outcome) implements JournalEnd {}

  /// The message that the log is a file, for which no options are supported.
  record IsFile() implements JournalEnd {}
}
