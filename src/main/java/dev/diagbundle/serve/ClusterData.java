package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// The recorded cluster behind a [ReplayServer]: a folder of plain files, read on request.
/// `examples/demo-cluster/README.md` describes the layout. Safe for many threads.
public final class ClusterData implements AutoCloseable {
  private static final String DEMO = "demo-cluster";

  private final DataFolder folder;
  private final Instant time;
  private final Map<String, ObjectFile> objects = new ConcurrentHashMap<>();
  private final Map<String, NodeData> nodes = new ConcurrentHashMap<>();

  private ClusterData(DataFolder folder) throws IOException {
    this.folder = folder;
    this.time = readTime(folder);
  }

  /// The demonstration cluster, which is part of the program. The caller closes it.
  ///
  /// @throws IOException if the program was packed without it
  public static ClusterData demo() throws IOException {
    var url = ClusterData.class.getResource("/" + DEMO + "/cluster.json");
    if (url == null) {
      throw new IOException("the demonstration cluster is missing from this installation");
    }
    try {
      if (url.getProtocol().equals("jar")) {
        var jar = ((JarURLConnection) url.openConnection()).getJarFileURL().toURI();
        return new ClusterData(DataFolder.jar(Path.of(jar), DEMO + "/"));
      }
      var file = Path.of(URI.create(url.toString()));
      return new ClusterData(DataFolder.directory(file.resolveSibling("")));
    } catch (URISyntaxException e) {
      throw new IOException("the demonstration cluster is at an unreadable place: " + url, e);
    }
  }

  /// A recorded cluster in a folder. The caller closes it.
  public static ClusterData of(Path folder) throws IOException {
    return new ClusterData(DataFolder.directory(folder));
  }

  /// The time at which the cluster was recorded.
  public Instant time() {
    return time;
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }

  DataFolder folder() {
    return folder;
  }

  /// The content of a JSON file.
  JsonNode tree(String path) throws IOException {
    if (!folder.has(path)) {
      throw new IOException("the recorded cluster lacks " + path);
    }
    try (var in = folder.open(path)) {
      return Trees.MAPPER.readTree(in);
    }
  }

  JsonNode tree(byte[] bytes) throws IOException {
    return Trees.MAPPER.readTree(bytes);
  }

  /// The objects of one kind; empty if no file contains them.
  ObjectFile objects(ObjectKind kind) throws IOException {
    var path = "objects/" + kind.fileName();
    var known = objects.get(path);
    if (known != null) {
      return known;
    }
    var read = folder.has(path) ? ObjectFile.read(folder, path) : ObjectFile.none(folder, path);
    objects.put(path, read);
    return read;
  }

  /// The recorded data of a node's kubelet. Empty if the cluster has no such node.
  Optional<NodeData> node(String name) throws IOException {
    var known = nodes.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    if (objects(ObjectKind.NODES).find("", name).isEmpty()) {
      return Optional.empty();
    }
    var read = NodeData.read(this, name);
    nodes.put(name, read);
    return Optional.of(read);
  }

  /// Reads the one thing that is needed at start, without the cost of a mapper.
  private static Instant readTime(DataFolder folder) throws IOException {
    try (var in = folder.open("cluster.json");
        var parser = new JsonFactory().createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals("time");
        parser.nextToken();
        if (found) {
          return Instant.parse(parser.getText());
        }
        parser.skipChildren();
      }
      throw new IOException("cluster.json does not say when the cluster was recorded");
    }
  }

  /// Made when the first tree is read, so that the server starts without it.
  private static final class Trees {
    static final JsonMapper MAPPER = new JsonMapper();
  }
}
