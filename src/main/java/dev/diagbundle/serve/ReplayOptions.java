package dev.diagbundle.serve;

import module java.base;

import dev.diagbundle.model.Ticker;
import dev.diagbundle.serve.http.Interceptor;
import javax.net.ssl.SSLContext;

/// The options of a [ReplayServer], independent of its data.
///
/// @param tls context for HTTPS; empty for plain HTTP
/// @param clientCertificateRequired whether TLS clients must show a certificate
/// @param now time in the `Date` header; by default the time of the recording
/// @param interceptors called in this order before the data
/// @param ticker clock for the delays of nodes
public record ReplayOptions(
    Optional<SSLContext> tls,
    boolean clientCertificateRequired,
    Optional<Instant> now,
    List<Interceptor> interceptors,
    Ticker ticker) {
  public ReplayOptions {
    interceptors = List.copyOf(interceptors);
  }

  /// Plain HTTP, the recorded time, no interceptors.
  public static ReplayOptions defaults() {
    return new ReplayOptions(Optional.empty(), false, Optional.empty(), List.of(), Ticker.SYSTEM);
  }

  public ReplayOptions withTls(SSLContext context, boolean requireClientCertificate) {
    return new ReplayOptions(
        Optional.of(context), requireClientCertificate, now, interceptors, ticker);
  }

  public ReplayOptions withNow(Instant time) {
    return new ReplayOptions(
        tls, clientCertificateRequired, Optional.of(time), interceptors, ticker);
  }

  /// Options with one more interceptor, called after the others.
  public ReplayOptions withInterceptor(Interceptor interceptor) {
    var more = new ArrayList<>(interceptors);
    more.add(interceptor);
    return new ReplayOptions(tls, clientCertificateRequired, now, more, ticker);
  }

  public ReplayOptions withTicker(Ticker other) {
    return new ReplayOptions(tls, clientCertificateRequired, now, interceptors, other);
  }

  /// Options with the permissions of the user; without any, everything is allowed.
  public ReplayOptions withRules(AccessRules rules) {
    return withInterceptor(rules);
  }
}
