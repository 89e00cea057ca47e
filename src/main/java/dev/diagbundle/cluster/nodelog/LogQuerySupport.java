package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.nodefile.DirectoryListing;
import dev.diagbundle.cluster.nodefile.LogPath;
import dev.diagbundle.model.ClockLead;
import dev.diagbundle.model.Reason;

/// The support of a node for log queries (KEP-2258), determined by a query that starts no process
/// there: an empty `query`, which a kubelet with the feature refuses with a message of its own.
///
/// @param state the supported kinds of logs
/// @param said the message that shows it
/// @param lead of the node's clock over the one that timed the query
/// @param zone the known bounds of a Linux node's zone; they improve with every response
/// @param windowsZone the offset of a Windows node's local time, if it is known
public record LogQuerySupport(
    State state, String said, ClockLead lead, NodeTimeZone zone, Optional<ZoneOffset> windowsZone) {
  /// The kinds of logs that a node supports.
  public enum State {
    /// Logs of services, with upstream's options.
    ON,
    /// Logs of services, with the options that OpenShift's build adds (`since`, `until`).
    ON_OPENSHIFT,
    /// Files only: the query would be answered with a directory listing.
    OFF,
    /// Neither.
    NO_LOGS
  }

  /// The lead of the node's clock; zero if it may be right, or nothing is known.
  public Duration skew() {
    return lead.usual();
  }

  public boolean isOn() {
    return state == State.ON || state == State.ON_OPENSHIFT;
  }

  /// Sends the query to the node.
  ///
  /// @param windows whether it runs Windows: then its zone is determined too
  /// @param clock of the run; the node's may differ
  /// @throws RequestFailedException if the node cannot be queried: forbidden, unreachable, not a
  ///   kubelet
  public static LogQuerySupport probe(
      Cluster cluster, String node, boolean windows, InstantSource clock, RequestOrigin caller)
      throws IOException, InterruptedException {
    var query = probe(cluster, node, clock, caller);
    if (!windows || !query.isOn()) {
      return query;
    }
    var windowsZone = WindowsTimeZone.of(cluster, node, caller);
    return new LogQuerySupport(query.state, query.said, query.lead, query.zone, windowsZone);
  }

  private static LogQuerySupport probe(
      Cluster cluster, String node, InstantSource clock, RequestOrigin caller)
      throws IOException, InterruptedException {
    var sent = clock.instant();
    try (var answer = cluster.get(Request.raw(LogPath.ROOT.url(node) + "?query=", caller))) {
      var text = new String(answer.body().readNBytes(4096), StandardCharsets.UTF_8);
      // The API server passes on the kubelet's own `Date` header, which has whole seconds.
      var lead =
          answer
              .serverDate()
              .map(date -> ClockLead.ofResponse(date, sent, clock.instant()))
              .orElse(ClockLead.UNKNOWN);
      var state = state(answer.status(), answer.contentType(), text);
      return new LogQuerySupport(
          state, said(state, text), lead, new NodeTimeZone(), Optional.empty());
    }
  }

  private static String said(State state, String text) {
    return state == State.OFF
        ? "log queries return a directory listing (enableSystemLogQuery is off)"
        : text.strip().lines().findFirst().orElse("");
  }

  static State state(int status, String contentType, String text) throws RequestFailedException {
    var line = text.strip().lines().findFirst().orElse("");
    if (status == 400 && line.startsWith("query: Invalid value")) {
      return State.ON;
    }
    if (status == 400 && line.startsWith("unit: Invalid value")) {
      return State.ON_OPENSHIFT;
    }
    if (status == 200 && DirectoryListing.isListing(contentType, text)) {
      return State.OFF;
    }
    if (status == 405) {
      return State.NO_LOGS;
    }
    if (status == 404 && ErrorClassifier.statusOf(text).isEmpty()) {
      throw new RequestFailedException(
          Reason.UNSUPPORTED, status, "the node's agent has no /logs endpoint: " + line);
    }
    if (status >= 400) {
      throw ErrorClassifier.ofKubelet(status, text);
    }
    throw new RequestFailedException(
        Reason.INVALID_ANSWER,
        status,
        "unexpected response to the log query probe: " + contentType);
  }
}
