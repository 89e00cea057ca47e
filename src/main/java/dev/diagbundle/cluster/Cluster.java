package dev.diagbundle.cluster;

import java.io.Closeable;
import java.io.IOException;

/// The port to one API server. Safe for use by many threads; whoever opened it closes it, which
/// ends all requests in flight.
public interface Cluster extends Closeable {
  /// The URL of the API server, without a slash at its end.
  String server();

  /// Sends a GET and returns the answer as soon as its headers are there, whatever its status. The
  /// rules of [RetryRules] are followed first, so the answer is the last word. The caller closes
  /// it.
  ///
  /// @throws RefusedException if there was no answer: no connection, or none in time
  Answer get(Call call) throws IOException, InterruptedException;

  /// Sends the one request that is no GET, and writes nothing either: a question about access. The
  /// rules of [#get] hold for it. The caller closes the answer.
  ///
  /// @throws RefusedException if there was no answer: no connection, or none in time
  Answer ask(AccessReview review, Caller caller) throws IOException, InterruptedException;

  /// As [#get], for callers that can use nothing but a success.
  ///
  /// @throws RefusedException if the status is not 2xx
  default Answer fetch(Call call) throws IOException, InterruptedException {
    var answer = get(call);
    if (answer.isSuccess()) {
      return answer;
    }
    try (answer) {
      throw Refusals.of(answer);
    }
  }
}
