package dev.diagbundle.cluster.socket;

import module java.base;

/// A socket whose connection takes more than TCP: negotiation with a proxy, or TLS to it. Until it
/// is connected, each read is limited by the time for connecting. As thread-safe as a socket.
final class RoutedSocket extends Socket {
  private final Socket plain;
  private final Route route;
  private final int connectMillis;
  private volatile Socket connected;

  /// The connection to a target over a plain socket.
  @FunctionalInterface
  interface Route {
    /// Connects the socket. Reads have a timeout already.
    ///
    /// @param target the server, or the proxy if HTTP is spoken with it; possibly unresolved
    /// @return the socket to read and write: `plain`, or one above it
    Socket connect(Socket plain, InetSocketAddress target, int millis) throws IOException;
  }

  RoutedSocket(Socket plain, Route route, int connectMillis) throws SocketException {
    super((SocketImpl) null);
    this.plain = plain;
    this.route = route;
    this.connectMillis = connectMillis;
    this.connected = plain;
    plain.setSoTimeout(connectMillis);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    connected = route.connect(plain, (InetSocketAddress) endpoint, timeout);
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, connectMillis);
  }

  /// Sets the limit of a read. Zero, which is no limit elsewhere, is the limit for connecting here.
  @Override
  public void setSoTimeout(int millis) throws SocketException {
    connected.setSoTimeout(millis == 0 ? connectMillis : millis);
  }

  /// Closes the connection below any TLS, whose own end could wait for the other side.
  @Override
  public void close() throws IOException {
    plain.close();
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return connected.getSoTimeout();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return connected.getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return connected.getOutputStream();
  }

  @Override
  public boolean isConnected() {
    return connected.isConnected();
  }

  @Override
  public boolean isBound() {
    return plain.isBound();
  }

  @Override
  public boolean isClosed() {
    return plain.isClosed() || connected.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return connected.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return connected.isOutputShutdown();
  }

  @Override
  public void shutdownInput() throws IOException {
    connected.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    connected.shutdownOutput();
  }

  @Override
  public InetAddress getInetAddress() {
    return plain.getInetAddress();
  }

  @Override
  public int getPort() {
    return plain.getPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return plain.getRemoteSocketAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return plain.getLocalAddress();
  }

  @Override
  public int getLocalPort() {
    return plain.getLocalPort();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return plain.getLocalSocketAddress();
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    plain.setTcpNoDelay(on);
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return plain.getTcpNoDelay();
  }

  @Override
  public String toString() {
    return "RoutedSocket[" + plain + "]";
  }
}
