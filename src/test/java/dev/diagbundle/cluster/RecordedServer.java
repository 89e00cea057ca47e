package dev.diagbundle.cluster;

import com.sun.net.httpserver.HttpServer;
import dev.diagbundle.kubeconfig.ClusterConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/// An HTTP server that gives recorded answers in turn, and keeps what it was asked.
final class RecordedServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Recording> answers = new ArrayList<>();
  private boolean withoutFiles;
  final List<String> asked = new ArrayList<>();
  final List<RequestRecord> records = new ArrayList<>();

  /// One answer of the recorded cluster.
  static final class Recording {
    private final int status;
    private final List<String> headers;
    private final byte[] body;

    private Recording(int status, List<String> headers, byte[] body) {
      this.status = status;
      this.headers = headers;
      this.body = body.clone();
    }

    int status() {
      return status;
    }

    List<String> headers() {
      return headers;
    }

    byte[] body() {
      return body.clone();
    }

    static Recording of(String name) {
      try (var in =
          RecordedServer.class.getResourceAsStream("/recordings/http/" + name + ".http")) {
        if (in == null) {
          throw new IllegalArgumentException("no recording " + name);
        }
        return parse(in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static Recording text(int status, String contentType, String body) {
      return new Recording(
          status,
          List.of("Content-Type: " + contentType, "Date: Sat, 21 Nov 2026 03:14:36 GMT"),
          body.getBytes(StandardCharsets.UTF_8));
    }

    /// This answer as a server sends it that compresses.
    Recording compressed() throws IOException {
      var bytes = new ByteArrayOutputStream();
      try (var out = new GZIPOutputStream(bytes)) {
        out.write(body);
      }
      var more = new ArrayList<>(headers);
      more.add("Content-Encoding: gzip");
      return new Recording(status, more, bytes.toByteArray());
    }

    private static Recording parse(byte[] bytes) {
      var text = new String(bytes, StandardCharsets.ISO_8859_1);
      int answer = text.indexOf("\n\nHTTP/1.1 ") + 2;
      int bodyAt = text.indexOf("\n\n", answer) + 2;
      var lines =
          text.substring(answer, bodyAt < 2 ? text.length() : bodyAt).strip().split("\n", -1);
      int status = Integer.parseInt(lines[0].split(" ", -1)[1]);
      var body = bodyAt < 2 ? new byte[0] : Arrays.copyOfRange(bytes, bodyAt, bytes.length);
      return new Recording(status, List.of(lines).subList(1, lines.length), body);
    }
  }

  RecordedServer(String... recordings) throws IOException {
    for (String name : recordings) {
      answers.add(Recording.of(name));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          Recording answer;
          synchronized (this) {
            asked.add(exchange.getRequestURI().toString());
            boolean file = exchange.getRequestURI().getPath().matches(".*/proxy/logs/.+");
            if (withoutFiles && file) {
              answer = Recording.of("046-nodelogs-path-missing");
            } else {
              answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
            }
          }
          for (String header : answer.headers()) {
            var name = header.substring(0, header.indexOf(':'));
            if (!List.of("Content-Length", "Connection", "Transfer-Encoding").contains(name)) {
              exchange.getResponseHeaders().set(name, header.substring(name.length() + 1).strip());
            }
          }
          exchange.sendResponseHeaders(
              answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
          try (var out = exchange.getResponseBody()) {
            out.write(answer.body());
          }
        });
    server.start();
  }

  /// From now on no path below the log folder of a node is one of a file.
  RecordedServer withoutFiles() {
    withoutFiles = true;
    return this;
  }

  RecordedServer then(Recording answer) {
    answers.add(answer);
    return this;
  }

  Cluster cluster() throws Exception {
    return OkHttpCluster.open(
        ClusterConnection.anonymous(
            "recorded", "http://127.0.0.1:" + server.getAddress().getPort()),
        Clock.systemUTC(),
        "test",
        this::keep,
        ClientOptions.USUAL);
  }

  private synchronized void keep(RequestRecord request) {
    records.add(request);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
