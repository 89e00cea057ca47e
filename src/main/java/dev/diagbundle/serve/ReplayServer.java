package dev.diagbundle.serve;

import module java.base;

import dev.diagbundle.serve.http.Connection;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.serve.http.Interceptor;
import dev.diagbundle.serve.http.ServerRequest;
import javax.net.ssl.SSLServerSocket;

/// A Kubernetes API on loopback that serves recorded data. Every connection has its own virtual
/// thread.
public final class ReplayServer implements AutoCloseable {
  private static final int BACKLOG = 128;

  private final ServerSocket listener;
  private final ReplayOptions options;
  private final Instant now;
  private final ApiRouter api;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  private ReplayServer(ServerSocket listener, ReplayOptions options, Instant now, ApiRouter api) {
    this.listener = listener;
    this.options = options;
    this.now = now;
    this.api = api;
  }

  /// Starts to serve on a free port of 127.0.0.1. The caller closes the server first and the data
  /// after it.
  public static ReplayServer start(ClusterData data, ReplayOptions options) throws IOException {
    var now = options.now().isPresent() ? options.now().get() : data.time();
    var server =
        new ReplayServer(listen(options), options, now, new ApiRouter(data, now, options.ticker()));
    server.executor.execute(server::accept);
    return server;
  }

  /// The root of the API, without a slash at its end.
  public URI url() {
    var scheme = options.tls().isPresent() ? "https" : "http";
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  /// A kubeconfig for this server, without credentials. Over TLS it does not verify the server:
  /// what talks to it is on the same machine.
  public String kubeconfig() {
    var verification = options.tls().isPresent() ? "\n    insecure-skip-tls-verify: true" : "";
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: replay
      cluster:
        server: %s%s
    contexts:
    - name: replay
      context:
        cluster: replay
        user: replay
    current-context: replay
    users:
    - name: replay
      user: {}
    """
        .formatted(url(), verification);
  }

  /// Stops at once: connections break, and handlers are interrupted.
  @Override
  public void close() throws IOException {
    listener.close();
    executor.shutdownNow();
    for (Socket socket : connections) {
      socket.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        connections.add(socket);
        executor.execute(() -> serve(socket));
      } catch (IOException | java.util.concurrent.RejectedExecutionException _) {
        // The listener is closed, or one connection failed while it came in: the next may not.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Connection(socket, now, this::route).serve();
    } catch (IOException | InterruptedException _) {
      // The server is being closed.
    } finally {
      connections.remove(socket);
    }
  }

  private Handler route(ServerRequest request) {
    for (Interceptor interceptor : options.interceptors()) {
      var handler = interceptor.intercept(request);
      if (handler.isPresent()) {
        return handler.get();
      }
    }
    return api;
  }

  private static ServerSocket listen(ReplayOptions options) throws IOException {
    var listener =
        options.tls().isPresent()
            ? options.tls().get().getServerSocketFactory().createServerSocket()
            : new ServerSocket();
    try {
      if (listener instanceof SSLServerSocket secure) {
        secure.setNeedClientAuth(options.clientCertificateRequired());
      }
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), BACKLOG);
      return listener;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }
}
