package dev.diagbundle.report.collection;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.model.ItemKind;
import java.util.Set;

/// The cause of missing items, as specific as the advice about it: one for each [Reason], and some
/// for more specific cases.
public enum GapCause {
  LOG_QUERY_OFF,
  NODES_PROXY_FORBIDDEN,
  FORBIDDEN,
  KUBELET_DISTRUSTS,
  UNREACHABLE,
  TIMED_OUT,
  INTERRUPTED,
  LIMIT,
  THROTTLED,
  TRUNCATED,
  UNSUPPORTED,
  INVALID_ANSWER,
  INTERNAL,
  NOT_FOUND,
  EMPTY;

  private static final Set<ItemKind> THROUGH_KUBELET =
      Set.of(ItemKind.NODE_LOGS, ItemKind.NODE_FILES, ItemKind.KUBELET);

  /// The cause for an item that was not fully collected.
  public static GapCause of(Item item) {
    var outcome = item.outcome();
    var detail = outcome.words();
    var reason =
        outcome.why().orElseThrow(() -> new IllegalArgumentException("no gap: " + item.id()));
    return switch (reason) {
      case FORBIDDEN ->
          detail.contains("the kubelet rejects") ? KUBELET_DISTRUSTS : forbidden(item, detail);
      case UNSUPPORTED ->
          item.kind() == ItemKind.NODE_LOGS && isLogQueryOff(detail) ? LOG_QUERY_OFF : UNSUPPORTED;
      case NOT_FOUND -> NOT_FOUND;
      case UNREACHABLE -> UNREACHABLE;
      case TIMED_OUT -> TIMED_OUT;
      case TRUNCATED -> TRUNCATED;
      case LIMIT -> LIMIT;
      case THROTTLED -> THROTTLED;
      case INTERRUPTED -> INTERRUPTED;
      case EMPTY -> EMPTY;
      case INVALID_ANSWER -> INVALID_ANSWER;
      case INTERNAL -> INTERNAL;
    };
  }

  private static GapCause forbidden(Item item, String detail) {
    return THROUGH_KUBELET.contains(item.kind()) || detail.contains("nodes/proxy")
        ? NODES_PROXY_FORBIDDEN
        : FORBIDDEN;
  }

  /// Returns whether the log query is disabled, by the message of the probe: the setting's name, or
  /// the kubelet's own text for its endpoint.
  private static boolean isLogQueryOff(String detail) {
    return detail.contains("enableSystemLogQuery") || detail.contains("logs endpoint is disabled");
  }

  /// Returns whether another collection can get the missing items.
  boolean fixable() {
    return this != NOT_FOUND && this != EMPTY;
  }

  /// One word for a cell of a table.
  public String word() {
    return switch (this) {
      case LOG_QUERY_OFF -> "off";
      case NODES_PROXY_FORBIDDEN, FORBIDDEN, KUBELET_DISTRUSTS -> "forbidden";
      case UNREACHABLE -> "down";
      case TIMED_OUT -> "timeout";
      case INTERRUPTED -> "stopped";
      case LIMIT -> "limit";
      case THROTTLED -> "throttled";
      case TRUNCATED -> "cut off";
      case UNSUPPORTED -> "unsupported";
      case INVALID_ANSWER -> "invalid";
      case INTERNAL -> "error";
      case NOT_FOUND -> "none";
      case EMPTY -> "empty";
    };
  }

  /// The cause as a title. `where` names the nodes (`rig-3`, `3 nodes`), or is empty for items of
  /// the cluster; `what` names the items (`4 service logs`).
  String title(String where, String what) {
    var at = where.isEmpty() ? "" : " on " + where;
    return switch (this) {
      case LOG_QUERY_OFF -> "Log query is off" + at;
      case NODES_PROXY_FORBIDDEN -> "No permission to read from the kubelet" + at;
      case FORBIDDEN -> "No permission for " + what + at;
      case KUBELET_DISTRUSTS -> "The kubelet does not trust the API server" + at;
      case UNREACHABLE ->
          where.isEmpty() ? "The API server is unreachable" : "No connection to " + where;
      case TIMED_OUT -> "Timed out" + at;
      case INTERRUPTED -> "The run was interrupted before collecting these";
      case THROTTLED -> "Throttled by the API server (HTTP 429)" + at;
      case LIMIT -> "Omitted or truncated by a limit of the run" + at;
      case TRUNCATED -> "The response was cut off" + at;
      case UNSUPPORTED -> "Not supported by the server" + at;
      case INVALID_ANSWER -> "Unexpected response" + at;
      case INTERNAL -> "Internal error in diagbundle" + at;
      case NOT_FOUND -> "Not found" + at;
      case EMPTY -> "Nothing to collect" + at;
    };
  }
}
