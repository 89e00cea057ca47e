package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.Ticker;

/// A client of one API server. Safe for use by many threads; its opener closes it, which ends all
/// requests in flight.
public interface Cluster extends Closeable {
  /// The URL of the API server, without a slash at its end.
  String server();

  /// The clock that times its responses and spaces its attempts.
  Ticker ticker();

  /// Sends a GET and returns the response as soon as its headers are there, whatever its status.
  /// The retries of [RetryRules] are done by then, so the response is final. The caller closes it.
  ///
  /// @throws RequestFailedException if there was no response: no connection, or a timeout
  Response get(Request call) throws IOException, InterruptedException;

  /// Sends an access review, the only request other than GET; it stores nothing either. The rules
  /// of [#get] apply. The caller closes the response.
  ///
  /// @throws RequestFailedException if there was no response: no connection, or a timeout
  Response ask(AccessReview review, RequestOrigin caller) throws IOException, InterruptedException;

  /// As [#get], for callers that need a successful response.
  ///
  /// @throws RequestFailedException if the status is not 2xx
  default Response fetch(Request call) throws IOException, InterruptedException {
    var answer = get(call);
    if (answer.isSuccess()) {
      return answer;
    }
    try (answer) {
      throw ErrorClassifier.of(answer);
    }
  }
}
