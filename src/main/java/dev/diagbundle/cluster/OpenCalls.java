package dev.diagbundle.cluster;

import module java.base;

import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Response;

/// The calls of one HTTP client by name, so that a call can be cancelled if only its body is at
/// hand. Safe for use by many threads.
///
/// A body that is closed before its end is still being read by a thread of the client. If it is
/// closed, both read the connection at once, and what they leave on it is taken for the next
/// response. Cancelling the call ends the connection (HTTP/1.1) or the stream (HTTP/2) first.
final class OpenCalls implements Interceptor {
  /// The header that passes a call's name to this interceptor, which removes it from the request.
  static final String HEADER = "Diagbundle-Call";

  private final Map<String, Call> calls = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  /// A name for the next call.
  String name() {
    return Long.toString(last.incrementAndGet());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var name = chain.request().header(HEADER);
    if (name == null) {
      return chain.proceed(chain.request());
    }
    calls.put(name, chain.call());
    return chain.proceed(chain.request().newBuilder().removeHeader(HEADER).build());
  }

  /// Cancels the call, if it has not ended.
  void cancel(String name) {
    var call = calls.remove(name);
    if (call != null) {
      call.cancel();
    }
  }

  /// Removes a call that has ended.
  void ended(String name) {
    calls.remove(name);
  }
}
