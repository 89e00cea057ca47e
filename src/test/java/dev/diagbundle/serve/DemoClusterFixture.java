package dev.diagbundle.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The demonstration cluster, served for a test. Put it into try-with-resources.
public final class DemoClusterFixture implements AutoCloseable {
  private final ClusterData data;
  private final ReplayServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private DemoClusterFixture(ClusterData data, ReplayServer server) {
    this.data = data;
    this.server = server;
  }

  /// Serves the demonstration cluster as it is.
  public static DemoClusterFixture start() throws IOException {
    return start(ReplayOptions.defaults());
  }

  /// Serves the demonstration cluster with interceptors, TLS or another time.
  public static DemoClusterFixture start(ReplayOptions options) throws IOException {
    return start(ClusterData.demo(), options);
  }

  /// Serves a cluster of the test's own making.
  public static DemoClusterFixture start(Path folder) throws IOException {
    return start(ClusterData.of(folder), ReplayOptions.defaults());
  }

  /// Serves a cluster of the test's own making, with interceptors.
  public static DemoClusterFixture start(Path folder, ReplayOptions options) throws IOException {
    return start(ClusterData.of(folder), options);
  }

  private static DemoClusterFixture start(ClusterData data, ReplayOptions options)
      throws IOException {
    return new DemoClusterFixture(data, ReplayServer.start(data, options));
  }

  public URI url() {
    return server.url();
  }

  public ReplayServer server() {
    return server;
  }

  /// Writes a kubeconfig for this server.
  public Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
  }

  /// Asks for a path; headers are names and values in turn.
  public HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /// The body of an answer as text, whatever its status.
  public String text(String path, String... headers) throws IOException, InterruptedException {
    return new String(get(path, headers).body(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    client.shutdownNow();
    server.close();
    data.close();
  }
}
