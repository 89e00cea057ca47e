package dev.diagbundle.cli;

import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Interceptor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A small cluster whose nodes have the journals that a test gives them, served for whole commands.
public final class NodeLogsFixture implements AutoCloseable {
  private final Path folder;
  private final String time;
  private final List<String> nodes = new ArrayList<>();
  private ReplayOptions options = ReplayOptions.defaults();
  private final List<Closeable> open = new ArrayList<>();

  /// @param time what the API server takes for now
  public NodeLogsFixture(Path folder, String time) {
    this.folder = folder;
    this.time = time;
  }

  /// Adds a node.
  ///
  /// @param settings of its `node.json`, in JSON
  public NodeLogsFixture node(String name, String settings) throws IOException {
    nodes.add(
        """
        {"metadata":{"name":"%s","resourceVersion":"1"},"status":{
         "conditions":[{"type":"Ready","status":"True"}],"nodeInfo":{"operatingSystem":"linux"}}}
        """
            .formatted(name));
    file("nodes/" + name + "/node.json", settings);
    return this;
  }

  public NodeLogsFixture journal(String node, String service, String text) throws IOException {
    file("nodes/" + node + "/journal/" + service + ".log", text);
    return this;
  }

  public NodeLogsFixture logFile(String node, String path, String text) throws IOException {
    file("nodes/" + node + "/files/" + path, text);
    return this;
  }

  public NodeLogsFixture intercepted(Interceptor interceptor) {
    options = options.withInterceptor(interceptor);
    return this;
  }

  /// The body of a recorded answer.
  public static byte[] recordedBody(String name) throws IOException {
    try (var in = NodeLogsFixture.class.getResourceAsStream("/recordings/http/" + name + ".http")) {
      if (in == null) {
        throw new IOException("no recording " + name);
      }
      var text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      int answer = text.indexOf("\n\nHTTP/1.1 ") + 2;
      return text.substring(text.indexOf("\n\n", answer) + 2).getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  /// Serves the cluster.
  ///
  /// @return the words that make a command use it
  public String[] serve() throws IOException {
    file("cluster.json", "{\"time\":\"" + time + "\"}");
    file("answers/version.json", "{\"gitVersion\":\"v1.36.2\"}");
    file(
        "answers/api/v1.json",
        "{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}");
    file(
        "objects/nodes.json",
        "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},"
            + "\"items\":["
            + String.join(",", nodes)
            + "]}");
    return serve(ClusterData.of(folder));
  }

  /// Serves the demonstration cluster instead.
  public String[] serveDemo() throws IOException {
    return serve(ClusterData.demo());
  }

  private String[] serve(ClusterData data) throws IOException {
    open.add(data::close);
    var server = ReplayServer.start(data, options);
    open.addFirst(server::close);
    var file = CollectFixture.kubeconfig(folder, server.url().toString(), "", "token: abc");
    return new String[] {"node-logs", "--kubeconfig", file.toString()};
  }

  public static String[] words(String[] first, String... more) {
    var words = new ArrayList<>(List.of(first));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private void file(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Override
  public void close() throws IOException {
    for (Closeable one : open) {
      one.close();
    }
  }
}
