package dev.diagbundle.cluster.socket;

import module java.base;

/// A SOCKS 5 proxy (RFC 1928), with a user name and password if it asks for them (RFC 1929). It
/// gets names, not addresses, as Go's client does for `socks5` and `socks5h`.
///
/// The JDK's own client takes the password from a process-wide authenticator, falls back to SOCKS
/// 4, and is not ended by an interrupt.
public final class SocksProxy {
  private static final int VERSION = 5;
  private static final int NO_LOGIN = 0;
  private static final int PASSWORD = 2;
  private static final int NONE = 0xff;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;

  private static final List<String> FAILURES =
      List.of(
          "",
          "general failure",
          "not allowed by its rules",
          "network unreachable",
          "host unreachable",
          "connection refused",
          "time to live expired",
          "command not supported",
          "address type not supported");

  private final Lookup lookup;
  private final String host;
  private final int port;
  private final Optional<Login> login;

  /// A user name and a password.
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /// The addresses of a host.
  @FunctionalInterface
  public interface Lookup {
    List<InetAddress> lookup(String host) throws UnknownHostException;
  }

  public SocksProxy(Lookup lookup, String host, int port, Optional<Login> login) {
    this.lookup = lookup;
    this.host = host;
    this.port = port;
    this.login = login;
  }

  /// Connects to the proxy and, through it, to the target.
  Socket connect(Socket socket, InetSocketAddress target, int millis) throws IOException {
    socket.connect(new InetSocketAddress(lookup.lookup(host).getFirst(), port), millis);
    try {
      negotiate(new DataInputStream(socket.getInputStream()), socket.getOutputStream(), target);
    } catch (EOFException e) {
      throw new ProtocolException("closed the connection");
    }
    return socket;
  }

  private void negotiate(DataInputStream in, OutputStream out, InetSocketAddress target)
      throws IOException {
    greet(in, out);
    out.write(request(target));
    require(in.readUnsignedByte() == VERSION, "is not a SOCKS 5 proxy");
    int reply = in.readUnsignedByte();
    require(
        reply == 0,
        "cannot connect to the server: "
            + (reply < FAILURES.size() ? FAILURES.get(reply) : "error " + reply));
    in.readUnsignedByte();
    int length =
        switch (in.readUnsignedByte()) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> in.readUnsignedByte();
          default -> throw new ProtocolException("is not a SOCKS 5 proxy");
        };
    in.skipNBytes(length + 2L);
  }

  private void greet(DataInputStream in, OutputStream out) throws IOException {
    out.write(
        login.isPresent()
            ? new byte[] {VERSION, 2, NO_LOGIN, PASSWORD}
            : new byte[] {VERSION, 1, NO_LOGIN});
    require(in.readUnsignedByte() == VERSION, "is not a SOCKS 5 proxy");
    int method = in.readUnsignedByte();
    require(method != NONE, "requires credentials");
    require(
        method == NO_LOGIN || (method == PASSWORD && login.isPresent()),
        "requires a login that is not supported");
    if (method == PASSWORD) {
      var bytes = new ByteArrayOutputStream();
      bytes.write(1);
      writeShort(bytes, login.orElseThrow().user());
      writeShort(bytes, login.orElseThrow().password());
      out.write(bytes.toByteArray());
      in.readUnsignedByte();
      require(in.readUnsignedByte() == 0, "rejects the credentials");
    }
  }

  private static byte[] request(InetSocketAddress target) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.write(VERSION);
    bytes.write(CONNECT);
    bytes.write(0);
    try {
      var address = InetAddress.ofLiteral(target.getHostString());
      bytes.write(address instanceof Inet6Address ? IPV6 : IPV4);
      bytes.write(address.getAddress());
    } catch (IllegalArgumentException e) {
      bytes.write(NAME);
      writeShort(bytes, target.getHostString());
    }
    bytes.write(target.getPort() >> 8);
    bytes.write(target.getPort());
    return bytes.toByteArray();
  }

  private static void writeShort(ByteArrayOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    require(bytes.length <= 255, "takes at most 255 bytes of a name or password");
    out.write(bytes.length);
    out.write(bytes);
  }

  private static void require(boolean met, String message) throws IOException {
    if (!met) {
      throw new ProtocolException(message);
    }
  }
}
