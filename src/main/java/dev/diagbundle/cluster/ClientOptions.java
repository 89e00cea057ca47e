package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.Ticker;

/// How gently a cluster is asked, and how long its answers are waited for.
///
/// @param requestsPerSecond at most so many requests a second over all; empty for no such limit
/// @param connecting how long a connection to the API server may take
/// @param silence how long nothing may come before an answer counts as lost
/// @param queryPause how long a Windows node is left alone between two log queries: each starts
///   PowerShell several times there
/// @param ticker by which answers are timed and attempts are spaced
public record ClientOptions(
    OptionalDouble requestsPerSecond,
    Duration connecting,
    Duration silence,
    Duration queryPause,
    Ticker ticker) {
  /// What suits a cluster that people depend on. The silence is longer than the 30 s for which a
  /// kubelet works at a log query that sends nothing before its end.
  public static final ClientOptions USUAL =
      new ClientOptions(
          OptionalDouble.empty(),
          Duration.ofSeconds(10),
          Duration.ofSeconds(45),
          Duration.ofSeconds(2),
          Ticker.SYSTEM);

  public ClientOptions withRequestsPerSecond(OptionalDouble most) {
    return new ClientOptions(most, connecting, silence, queryPause, ticker);
  }

  public ClientOptions withConnecting(Duration most) {
    return new ClientOptions(requestsPerSecond, most, silence, queryPause, ticker);
  }

  public ClientOptions withSilence(Duration most) {
    return new ClientOptions(requestsPerSecond, connecting, most, queryPause, ticker);
  }

  public ClientOptions withQueryPause(Duration pause) {
    return new ClientOptions(requestsPerSecond, connecting, silence, pause, ticker);
  }

  public ClientOptions withTicker(Ticker other) {
    return new ClientOptions(requestsPerSecond, connecting, silence, queryPause, other);
  }

  /// How long the first answer of a node is waited for while others wait for their turn: a node
  /// that is well answers within a fraction of it.
  public Duration patience() {
    return silence.dividedBy(9);
  }
}
