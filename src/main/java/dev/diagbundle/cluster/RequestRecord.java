package dev.diagbundle.cluster;

import module java.base;

/// What is kept of one request: a line of `requests.jsonl`.
///
/// @param time when it was sent, by the local clock
/// @param path with its query
/// @param status of the answer; 0 if there was none
/// @param contentType of the answer; empty if there was none
/// @param serverDate the answer's `Date` header as sent; empty if there was none
/// @param took until the end of the body, or of the reader's interest
/// @param bytes of the body that were read, uncompressed
/// @param attempt 1 for the first
/// @param end how it ended
/// @param caller on whose behalf it was sent
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
  /// How a request ended.
  public enum End {
    /// The body was read to its end.
    COMPLETE("complete"),
    /// The reader had seen enough.
    CLOSED("closed"),
    /// The body broke off.
    TRUNCATED("truncated"),
    /// Nothing came for too long.
    TIMED_OUT("timed-out"),
    /// There was no connection, or it was lost before an answer.
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

  /// Takes records, and hears what requests say about the other side; from any thread.
  @FunctionalInterface
  public interface Listener {
    void on(RequestRecord request);

    /// An answer began.
    default void answered(RequestOrigin caller, int status) {}

    /// A log query ended for us, but its kubelet may go on working at it for so long.
    default void leftBehind(RequestOrigin caller, Duration atMost) {}
  }
}
