package dev.diagbundle.cluster;

import module java.base;

/// The record of one request: a line of `requests.jsonl`.
///
/// @param time the time of sending, by the local clock
/// @param path with its query
/// @param status of the response; 0 if there was none
/// @param contentType of the response; empty if there was none
/// @param serverDate the response's `Date` header as sent; empty if there was none
/// @param took time until the end of the body, or until its reader stopped
/// @param bytes number of bytes read of the body, uncompressed
/// @param attempt 1 for the first
/// @param end the end of the exchange
/// @param caller the originator
public record RequestRecord(
    Instant time,
    String path,
    int status,
    String contentType,
    String serverDate,
    Duration took,
    long bytes,
    int attempt,
    End end,
    RequestOrigin caller) {
  /// End of an exchange.
  public enum End {
    /// The body was read to its end.
    COMPLETE("complete"),
    /// The reader closed the body early.
    CLOSED("closed"),
    /// The body broke off.
    TRUNCATED("truncated"),
    /// The other side was silent for too long.
    TIMED_OUT("timed-out"),
    /// There was no connection, or it was lost before a response.
    NO_ANSWER("no-answer"),
    /// The run was ended.
    CANCELLED("cancelled");

    private final String label;

    End(String label) {
      this.label = label;
    }

    /// The spelling in `requests.jsonl`.
    public String label() {
      return label;
    }
  }

  /// Receiver of records and of events about the other side; called on any thread.
  @FunctionalInterface
  public interface Listener {
    void on(RequestRecord request);

    /// Called when a response with a date begins, before [#answered].
    ///
    /// @param sent time of the request, by the local clock
    /// @param received time of the response, by the local clock
    default void dated(
        Request request, int status, String serverDate, Instant sent, Instant received) {}

    /// Called when a response begins.
    default void answered(RequestOrigin caller, int status) {}

    /// Called when a log query ended here, but its kubelet may continue for up to this time.
    default void leftBehind(RequestOrigin caller, Duration atMost) {}
  }
}
