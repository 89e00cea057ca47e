package dev.diagbundle.cluster;

import java.time.Duration;

/// The time limit of a kubelet on one log query, at which it ends the response without an error
/// (`pkg/kubelet/kubelet_server_journal.go`, 30 s from the arrival of the request, transfer
/// included).
///
/// @param cut the kubelet's limit
/// @param suspect minimum duration of a response that may be truncated: the two clocks started at
///   different moments
public record LogQueryTimeout(Duration cut, Duration suspect) {
  /// The limit of every kubelet from 1.27 to 1.36.
  public static final LogQueryTimeout KUBELET =
      new LogQueryTimeout(Duration.ofSeconds(30), Duration.ofSeconds(25));

  /// Returns whether a response of this duration may be truncated.
  public boolean mayHaveCut(Duration elapsed) {
    return elapsed.compareTo(suspect) >= 0;
  }
}
