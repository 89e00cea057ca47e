package dev.diagbundle.cluster;

import java.time.Duration;

/// How long a kubelet works at one log query before it ends the answer without a word
/// (`pkg/kubelet/kubelet_server_journal.go`, 30 s from the question's arrival, transfer included).
///
/// @param cut when the kubelet ends it
/// @param suspect an answer that took so long may have been cut: the two clocks started at
///   different moments
public record LogQueryTimeout(Duration cut, Duration suspect) {
  /// What every kubelet from 1.27 to 1.36 does.
  public static final LogQueryTimeout KUBELET =
      new LogQueryTimeout(Duration.ofSeconds(30), Duration.ofSeconds(25));

  /// Whether an answer that took so long may have been cut.
  public boolean mayHaveCut(Duration elapsed) {
    return elapsed.compareTo(suspect) >= 0;
  }
}
