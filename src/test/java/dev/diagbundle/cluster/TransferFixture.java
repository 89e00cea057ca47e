package dev.diagbundle.cluster;

import dev.diagbundle.cluster.nodefile.FileTransfer;
import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.serve.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A node with the file `x.log`, and transfers of it, in which something happens at each block.
public final class TransferFixture {
  public static final RequestOrigin CALLER = new RequestOrigin("item", "n", 0);
  public static final int SIZE = 200_000;
  private static final FileTransfer.Options PACE =
      new FileTransfer.Options(50_000, Duration.ofSeconds(2));

  public final ByteArrayOutputStream out = new ByteArrayOutputStream();
  public final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  public final byte[] content = bytes(1, SIZE);
  private final Path folder;

  /// What happens when a block is asked for.
  @FunctionalInterface
  public interface Event {
    /// @param number of the request for a block, from 1
    /// @return who answers instead of the file server
    Optional<Handler> on(int number, ServerRequest request) throws IOException;
  }

  public TransferFixture(Path folder) throws IOException {
    this.folder = folder;
    file("cluster.json", "{\"time\":\"2026-01-01T10:00:00Z\"}".getBytes(StandardCharsets.UTF_8));
    file(
        "answers/api/v1.json",
        "{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}"
            .getBytes(StandardCharsets.UTF_8));
    file(
        "objects/nodes.json",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"}}]}".getBytes(StandardCharsets.UTF_8));
    log("x.log", content);
  }

  public Path folder() {
    return folder;
  }

  public Outcome transfer(Event event) throws Exception {
    return transfer(SIZE, event);
  }

  public Outcome transfer(long wanted, Event event) throws Exception {
    try (var server = serve(event);
        var cluster = cluster(server)) {
      return transfer(cluster, "x.log", wanted);
    }
  }

  public Outcome transfer(Cluster cluster, String name, long wanted) throws Exception {
    var file = NodeFile.look(cluster, "n", name, CALLER).orElseThrow();
    return new FileTransfer(cluster, "n", CALLER, PACE, file, wanted, out).run();
  }

  public DemoClusterFixture serve(Event event) throws IOException {
    return DemoClusterFixture.start(
        folder,
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              var range = request.header("Range").orElse("");
              if (!request.path().endsWith("/x.log") || range.equals("bytes=0-0")) {
                return Optional.empty();
              }
              asked.add(range);
              try {
                return event.on(asked.size(), request);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }));
  }

  public static Cluster cluster(DemoClusterFixture server) throws Exception {
    return OkHttpCluster.open(
        ClusterConnection.anonymous("test", server.url().toString()),
        Clock.systemUTC(),
        "test",
        _ -> {},
        ClientOptions.USUAL);
  }

  /// Answers the range, but sends only its beginning.
  public void part(Exchange exchange, ServerRequest request, int count) throws IOException {
    var range = range(request);
    exchange.header("Content-Range", "bytes %d-%d/%d".formatted(range[0], range[1], SIZE));
    var body = exchange.body(206, "text/x-log", range[1] - range[0] + 1);
    body.write(content, range[0], count);
    body.flush();
  }

  public static java.io.OutputStream chunked(Exchange exchange, ServerRequest request)
      throws IOException {
    var range = range(request);
    exchange.header("Content-Range", "bytes %d-%d/%d".formatted(range[0], range[1], SIZE));
    return exchange.chunks(206, "text/x-log");
  }

  private static int[] range(ServerRequest request) {
    var ends = request.header("Range").orElseThrow().substring("bytes=".length()).split("-", 2);
    return new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[1])};
  }

  public static byte[] bytes(long seed, int count) {
    var bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  public void node(String json) throws IOException {
    file("nodes/n/node.json", json.getBytes(StandardCharsets.UTF_8));
  }

  public Path log(String name) {
    return folder.resolve("nodes/n/files").resolve(name);
  }

  public void log(String name, byte[] bytes) throws IOException {
    file("nodes/n/files/" + name, bytes);
  }

  private void file(String path, byte[] bytes) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
