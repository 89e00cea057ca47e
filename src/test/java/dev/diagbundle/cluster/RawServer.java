package dev.diagbundle.cluster;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/// A server whose test writes the bytes of each answer, and which keeps the heads of its requests.
final class RawServer implements Closeable {
  private final ServerSocket server;
  private final Script script;
  private final boolean secure;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  final List<String> heads = new CopyOnWriteArrayList<>();

  /// What is done with one request.
  interface Script {
    void answer(Exchange exchange) throws IOException;
  }

  /// One request.
  ///
  /// @param connection number of the connection, from 1
  /// @param head request line and headers
  record Exchange(int connection, String head, Socket socket, InputStream in) {
    void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    void ok(String body) throws IOException {
      status("200 OK", body);
    }

    void status(String status, String body) throws IOException {
      send(
          "HTTP/1.1 "
              + status
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    }

    String path() {
      return head.split(" ", -1)[1];
    }

    Optional<String> header(String name) {
      var start = name.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst();
    }
  }

  private RawServer(ServerSocket server, boolean secure, Script script) {
    this.server = server;
    this.secure = secure;
    this.script = script;
    Thread.ofVirtual().start(this::accept);
  }

  static RawServer plain(Script script) throws IOException {
    return new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false, script);
  }

  static RawServer secure(SSLContext context, Script script) throws IOException {
    var server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setWantClientAuth(true);
    return new RawServer(server, true, script);
  }

  int port() {
    return server.getLocalPort();
  }

  String url() {
    return (secure ? "https" : "http") + "://127.0.0.1:" + port();
  }

  URI uri() {
    return URI.create(url());
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket, number));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      for (var head = head(in); !head.isEmpty(); head = head(in)) {
        heads.add(head);
        script.answer(new Exchange(number, head, socket, in));
        if (socket.isClosed()) {
          return;
        }
      }
    } catch (IOException e) {
      // The client has left, or is refused.
    } finally {
      open.remove(socket);
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : open) {
      socket.close();
    }
  }
}
