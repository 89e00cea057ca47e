package dev.diagbundle.cluster;

import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Whether a node answers log queries (KEP-2258), found by a question that starts no process there:
/// an empty `query`, which a kubelet with the feature refuses in its own words.
///
/// @param state what the node can do
/// @param said the words it was told by
public record LogQuery(State state, String said) {
  /// What a node can do.
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

  /// The path below `/logs/` of the node.
  public static String logsPath(String node) {
    return "/api/v1/nodes/" + Call.segment(node) + "/proxy/logs/";
  }

  public boolean isOn() {
    return state == State.ON || state == State.ON_OPENSHIFT;
  }

  /// Asks the node.
  ///
  /// @throws RefusedException if the node cannot be asked: forbidden, unreachable, not a kubelet
  public static LogQuery probe(Cluster cluster, String node, Caller caller)
      throws IOException, InterruptedException {
    try (var answer = cluster.get(Call.raw(logsPath(node) + "?query=", caller))) {
      var text = new String(answer.body().readNBytes(4096), StandardCharsets.UTF_8);
      return of(answer.status(), answer.contentType(), text);
    }
  }

  static LogQuery of(int status, String contentType, String text) throws RefusedException {
    var line = text.strip().lines().findFirst().orElse("");
    if (status == 400 && line.startsWith("query: Invalid value")) {
      return new LogQuery(State.ON, line);
    }
    if (status == 400 && line.startsWith("unit: Invalid value")) {
      return new LogQuery(State.ON_OPENSHIFT, line);
    }
    if (status == 200 && DirectoryListing.isListing(contentType, text)) {
      return new LogQuery(
          State.OFF,
          "log queries are answered with a directory listing (enableSystemLogQuery is off)");
    }
    if (status == 405) {
      return new LogQuery(State.NO_LOGS, line);
    }
    if (status == 404 && Refusals.statusOf(text).isEmpty()) {
      throw new RefusedException(
          Reason.UNSUPPORTED, status, "the node's agent has no /logs endpoint: " + line);
    }
    if (status >= 400) {
      throw Refusals.ofKubelet(status, text);
    }
    throw new RefusedException(
        Reason.INVALID_ANSWER, status, "unexpected answer to the log query probe: " + contentType);
  }
}
