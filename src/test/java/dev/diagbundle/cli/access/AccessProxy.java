package dev.diagbundle.cli.access;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/// A proxy that speaks HTTP (`CONNECT`, and requests with an absolute URI) and SOCKS version 5 (RFC
/// 1928, RFC 1929). It takes every name for this machine, and records what it is asked for.
final class AccessProxy implements Closeable {
  private final String name;
  private final ServerSocket socket;
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  /// @param socket a plain one, or one of TLS
  AccessProxy(String name, ServerSocket socket) {
    this.name = name;
    this.socket = socket;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /// What the clients since the last call asked for, each target once.
  Set<String> takeSeen() {
    var targets = new TreeSet<>(seen);
    seen.clear();
    return targets;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // Closed, or a client that does not trust it.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var in = client.getInputStream();
      int first = in.read();
      if (first == 5) {
        socks(client, new DataInputStream(in));
      } else if (first >= 0) {
        http(client, (char) first + head(in));
      }
    } catch (IOException _) {
      // The client went away.
    }
  }

  private static String head(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int one = in.read();
      if (one < 0) {
        throw new IOException("no request");
      }
      bytes.write(one);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private void http(Socket client, String head) throws IOException {
    var words = head.lines().findFirst().orElse("").split(" ", -1);
    var user =
        head.lines()
            .filter(line -> line.regionMatches(true, 0, "Proxy-Authorization:", 0, 20))
            .map(line -> ", " + line.substring(20).strip())
            .findFirst()
            .orElse("");
    if (words[0].equals("CONNECT")) {
      seen.add(name + " to " + words[1] + user);
      int port = Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1));
      try (var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write(ascii("HTTP/1.1 200 OK\r\n\r\n"));
        join(client, server);
      }
      return;
    }
    var target = URI.create(words[1]);
    seen.add(name + " to " + target.getAuthority() + user);
    try (var server = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
      server.getOutputStream().write(ascii(head.replace(words[1], target.getRawPath())));
      join(client, server);
    }
  }

  private void socks(Socket client, DataInputStream in) throws IOException {
    var methods = in.readNBytes(in.readUnsignedByte());
    boolean asksUser = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
    var out = client.getOutputStream();
    out.write(new byte[] {5, (byte) (asksUser ? 2 : 0)});
    var user = "";
    if (asksUser) {
      in.readByte();
      user = ", " + ascii(in) + ":" + ascii(in);
      out.write(new byte[] {1, 0});
    }
    in.readNBytes(3);
    var host =
        switch (in.readByte()) {
          case 1 -> InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
          case 3 -> ascii(in);
          default -> InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
        };
    int port = in.readUnsignedShort();
    seen.add(name + " to " + host + ":" + port + user);
    try (var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
      join(client, server);
    }
  }

  private static String ascii(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void join(Socket client, Socket server) throws IOException {
    var back = Thread.ofVirtual().start(() -> copy(server, client));
    copy(client, server);
    try {
      back.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException | UnsupportedOperationException _) {
      try {
        to.close();
      } catch (IOException _) {
        // It is closed already.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
