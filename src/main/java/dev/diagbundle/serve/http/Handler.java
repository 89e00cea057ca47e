package dev.diagbundle.serve.http;

import java.io.IOException;

/// A handler of requests, called on the thread of their connection.
@FunctionalInterface
public interface Handler {
  /// Answers by exactly one of the sending methods of the exchange. An [IOException] breaks the
  /// connection; so does returning without an answer.
  ///
  /// @throws InterruptedException if the server is closed meanwhile
  void handle(Exchange exchange) throws IOException, InterruptedException;
}
