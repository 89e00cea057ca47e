package dev.diagbundle.cluster.socket;

import module java.base;

import javax.net.SocketFactory;

/// A factory of unconnected TCP sockets over channels: an interrupt of the thread that connects,
/// reads or writes closes them, on platform threads too, where the JDK's plain sockets go on
/// waiting. They ignore the SOCKS settings of the system properties. Safe for use by many threads.
public final class ChannelSockets extends SocketFactory {
  @Override
  public Socket createSocket() throws IOException {
    var socket = SocketChannel.open().socket();
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    return socket;
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
