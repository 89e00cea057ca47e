package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.Ticker;

/// The rate limit and the timeouts of requests to one cluster.
///
/// @param requestsPerSecond maximum requests per second overall; empty for no limit
/// @param connecting connect timeout of the API server
/// @param silence maximum time without data before a response counts as lost
/// @param queryPause minimum pause between two log queries to a Windows node: each starts
///   PowerShell several times there
/// @param ticker the clock that times responses and spaces attempts
public record ClientOptions(
    OptionalDouble requestsPerSecond,
    Duration connecting,
    Duration silence,
    Duration queryPause,
    Ticker ticker) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// The defaults, for a cluster in production. The silence is longer than the 30 s for which a
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

  /// The timeout for the first response of a node: a healthy node responds within a fraction of it.
  public Duration patience() {
    return silence.compareTo(PATIENCE) < 0 ? silence : PATIENCE;
  }
}
