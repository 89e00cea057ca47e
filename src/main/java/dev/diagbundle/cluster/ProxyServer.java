package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.cluster.socket.SocksProxy.Login;
import okhttp3.HttpUrl;

/// A proxy between this client and an API server.
///
/// @param scheme `http`, `https`, `socks5` or `socks5h`
/// @param login user name and password, decoded
record ProxyServer(String scheme, String host, int port, Optional<Login> login) {
  static ProxyServer of(URI url) {
    // URI does not know the parts of an authority with an underscore.
    var http = HttpUrl.get(url.toString().replaceFirst("^[^:]+", "http"));
    return new ProxyServer(
        url.getScheme().toLowerCase(Locale.ROOT),
        http.host(),
        http.port(),
        http.username().isEmpty()
            ? Optional.empty()
            : Optional.of(new Login(http.username(), http.password())));
  }

  boolean isSocks() {
    return scheme.startsWith("socks");
  }

  /// The URL without the login, for messages.
  @Override
  public String toString() {
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
