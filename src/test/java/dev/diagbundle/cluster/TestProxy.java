package dev.diagbundle.cluster;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/// A proxy that leads every connection to one server, whatever its name, and keeps what it was
/// asked for.
final class TestProxy implements Closeable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  final List<String> asked = new CopyOnWriteArrayList<>();

  private interface Way {
    void lead(Socket client) throws IOException;
  }

  private TestProxy(ServerSocketFactory sockets, int target) throws IOException {
    this.listener = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
  }

  /// An HTTP proxy, with TLS if the sockets have it.
  ///
  /// @param refusal the status line that answers CONNECT; empty to connect
  static TestProxy http(ServerSocketFactory sockets, int target, String refusal)
      throws IOException {
    var proxy = new TestProxy(sockets, target);
    proxy.start(client -> proxy.connect(client, refusal));
    return proxy;
  }

  /// A SOCKS 5 proxy.
  ///
  /// @param login `user:password`; empty for none
  static TestProxy socks(int target, String login) throws IOException {
    var proxy = new TestProxy(ServerSocketFactory.getDefault(), target);
    proxy.start(client -> proxy.negotiate(client, login));
    return proxy;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void start(Way way) {
    Thread.ofVirtual()
        .start(() -> {
          while (!listener.isClosed()) {
            try {
              var client = listener.accept();
              open.add(client);
              Thread.ofVirtual().start(() -> lead(client, way));
            } catch (IOException e) {
              return;
            }
          }
        });
  }

  private void lead(Socket client, Way way) {
    try (client) {
      way.lead(client);
    } catch (IOException e) {
      // One of the two has left.
    }
  }

  private void connect(Socket client, String refusal) throws IOException {
    var in = new DataInputStream(client.getInputStream());
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    asked.add(head.toString());
    if (!refusal.isEmpty()) {
      write(client, "HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    try (var server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      if (head.toString().startsWith("CONNECT ")) {
        write(client, "HTTP/1.1 200 OK\r\n\r\n");
      } else {
        write(server, head.toString());
      }
      pump(client, server);
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private void negotiate(Socket client, String login) throws IOException {
    var in = new DataInputStream(client.getInputStream());
    var out = client.getOutputStream();
    in.readUnsignedByte();
    var methods = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.ISO_8859_1);
    int method = login.isEmpty() ? 0 : 2;
    boolean offered = methods.indexOf(method) >= 0;
    out.write(new byte[] {5, (byte) (offered ? method : 0xff)});
    if (!offered) {
      return;
    }
    if (method == 2) {
      in.readUnsignedByte();
      var shown = text(in) + ":" + text(in);
      asked.add(shown);
      out.write(new byte[] {1, (byte) (shown.equals(login) ? 0 : 1)});
      if (!shown.equals(login)) {
        return;
      }
    }
    in.skipNBytes(3);
    int type = in.readUnsignedByte();
    var host =
        type == 3
            ? text(in)
            : InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16)).getHostAddress();
    asked.add(host + ":" + in.readUnsignedShort());
    try (var server = new Socket()) {
      try {
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
      } catch (IOException e) {
        out.write(new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
        return;
      }
      out.write(new byte[] {5, 0, 0, 3, 1, 'x', 0, 0});
      pump(client, server);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
  }

  private static void pump(Socket client, Socket server) throws IOException {
    var back =
        Thread.ofVirtual()
            .start(() -> {
              try (client) {
                server.getInputStream().transferTo(client.getOutputStream());
              } catch (IOException e) {
                // The other direction ends too.
              }
            });
    try {
      client.getInputStream().transferTo(server.getOutputStream());
    } finally {
      server.close();
      back.interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var client : open) {
      client.close();
    }
  }
}
