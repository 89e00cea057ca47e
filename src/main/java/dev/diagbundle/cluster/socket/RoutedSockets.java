package dev.diagbundle.cluster.socket;

import module java.base;

import javax.net.SocketFactory;

/// A factory of unconnected sockets that go the way of a proxy when they are connected. Safe for
/// use by many threads.
public final class RoutedSockets extends SocketFactory {
  private final SocketFactory plain;
  private final RoutedSocket.Route route;
  private final int connectMillis;

  private RoutedSockets(SocketFactory plain, RoutedSocket.Route route, Duration connecting) {
    this.plain = plain;
    this.route = route;
    this.connectMillis = (int) connecting.toMillis();
  }

  /// Sockets to an HTTP proxy; the caller speaks HTTP with it.
  public static RoutedSockets toHttpProxy(SocketFactory plain, Duration connecting) {
    return new RoutedSockets(
        plain,
        (socket, target, millis) -> {
          socket.connect(target, millis);
          return socket;
        },
        connecting);
  }

  /// Sockets with TLS to an HTTP proxy; the caller speaks HTTP with it.
  ///
  /// @param tls the TLS of connections to the proxy, including the verification of its name
  public static RoutedSockets toTlsProxy(SocketFactory plain, TlsLayer tls, Duration connecting) {
    return new RoutedSockets(
        plain,
        (socket, target, millis) -> {
          socket.connect(target, millis);
          return tls.over(socket);
        },
        connecting);
  }

  /// Sockets to servers through a SOCKS proxy, which resolves their names.
  public static RoutedSockets throughSocks(
      SocketFactory plain, SocksProxy proxy, Duration connecting) {
    return new RoutedSockets(plain, proxy::connect, connecting);
  }

  /// TLS over a connected socket.
  @FunctionalInterface
  public interface TlsLayer {
    /// Returns a socket whose handshake is done and whose peer is verified.
    Socket over(Socket connected) throws IOException;
  }

  @Override
  public Socket createSocket() throws IOException {
    return new RoutedSocket(plain.createSocket(), route, connectMillis);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("unconnected sockets only");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("unconnected sockets only");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("unconnected sockets only");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("unconnected sockets only");
  }
}
