package dev.diagbundle.serve.http;

import java.util.Optional;

/// A hook that sees every request before the recorded cluster does, and may respond in its place.
/// Fault tests use it to fail, hang, cut or count. It is called from many threads.
@FunctionalInterface
public interface Interceptor {
  /// The handler that shall answer, or empty to leave the request to the next in line.
  Optional<Handler> intercept(ServerRequest request);
}
