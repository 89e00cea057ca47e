package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.Ticker;

/// The port to one API server. Safe for use by many threads; whoever opened it closes it, which
/// ends all requests in flight.
public interface Cluster extends Closeable {
  /// The URL of the API server, without a slash at its end.
  String server();

  /// The clock by which its answers are timed and its attempts are spaced.
  Ticker ticker();

  /// Sends a GET and returns the answer as soon as its headers are there, whatever its status. The
  /// rules of [RetryRules] are followed first, so the answer is the last word. The caller closes
  /// it.
  ///
  /// @throws RequestFailedException if there was no answer: no connection, or none in time
  Response get(Request call) throws IOException, InterruptedException;

  /// Sends the one request that is no GET, and writes nothing either: a question about access. The
  /// rules of [#get] hold for it. The caller closes the answer.
  ///
  /// @throws RequestFailedException if there was no answer: no connection, or none in time
  Response ask(AccessReview review, RequestOrigin caller) throws IOException, InterruptedException;

  /// As [#get], for callers that can use nothing but a success.
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
