package dev.diagbundle.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// nginx as an API server's front: TLS with HTTP/2 offered and a client certificate required, and
/// one plain HTTP server behind it.
public final class Nginx implements Closeable {
  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts it. The test is skipped without nginx, or fails in CI.
  ///
  /// @param folder for its files
  /// @param authority of the clients
  /// @param shown its certificate
  /// @param backend port of the server behind it
  /// @param directives more lines of its server
  public static Nginx start(
      Path folder, TestPki.Issued authority, TestPki.Issued shown, int backend, String directives)
      throws Exception {
    var nginx = RequiredTool.require("nginx");
    int port = freePort();
    Files.writeString(folder.resolve("ca.crt"), authority.pem().text());
    Files.writeString(folder.resolve("server.crt"), shown.pem().text());
    Files.writeString(folder.resolve("server.key"), shown.key().text());
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr error;
        events { worker_connections 512; }
        http {
          log_format requests '$server_protocol $connection $connection_requests';
          access_log requests.log requests;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:%d ssl http2;
            ssl_certificate server.crt;
            ssl_certificate_key server.key;
            ssl_client_certificate ca.crt;
            ssl_verify_client on;
            %s
            location / {
              proxy_pass http://127.0.0.1:%d;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffering off;
              proxy_pass_header Date;
              proxy_read_timeout 300s;
              proxy_send_timeout 300s;
            }
          }
        }
        """
            .formatted(port, directives, backend));
    var errors = folder.resolve("errors.log");
    var process =
        new ProcessBuilder(nginx.path().toString(), "-p", folder + "/", "-c", "nginx.conf")
            .redirectErrorStream(true)
            .redirectOutput(errors.toFile())
            .start();
    var server = new Nginx(process, port);
    server.awaitStart(errors);
    return server;
  }

  private void awaitStart(Path errors) throws IOException, InterruptedException {
    while (true) {
      if (!process.isAlive()) {
        throw new IOException("nginx: " + Files.readString(errors));
      }
      try (var socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "https://127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
