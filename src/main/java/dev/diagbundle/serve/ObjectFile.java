package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/// The objects of one kind, in a file with an API server's list response. Only the position of each
/// object is kept in memory.
final class ObjectFile {
  private final DataFolder folder;
  private final String path;
  private final String resourceVersion;
  private final NavigableMap<String, Slice> slices;

  private ObjectFile(
      DataFolder folder, String path, String resourceVersion, NavigableMap<String, Slice> slices) {
    this.folder = folder;
    this.path = path;
    this.resourceVersion = resourceVersion;
    this.slices = slices;
  }

  /// The position of one object in the file.
  record Slice(String namespace, String name, long offset, int length) {
    /// The order of a list, as etcd keeps it.
    String key() {
      return namespace.isEmpty() ? name : namespace + "/" + name;
    }
  }

  static ObjectFile none(DataFolder folder, String path) {
    return new ObjectFile(folder, path, "1", new TreeMap<>());
  }

  static ObjectFile read(DataFolder folder, String path) throws IOException {
    var slices = new TreeMap<String, Slice>();
    var resourceVersion = "1";
    try (var in = folder.open(path);
        var parser = new JsonFactory().createParser(in)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var field = parser.currentName();
        parser.nextToken();
        if (field.equals("items")) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            var slice = slice(parser);
            slices.put(slice.key(), slice);
          }
        } else if (field.equals("metadata")) {
          resourceVersion = stringField(parser, "resourceVersion").orElse(resourceVersion);
        } else {
          parser.skipChildren();
        }
      }
    }
    return new ObjectFile(folder, path, resourceVersion, slices);
  }

  String resourceVersion() {
    return resourceVersion;
  }

  /// The objects of a namespace, or of all if it is empty, after the key `after`.
  List<Slice> list(String namespace, String after) {
    var rest = slices.tailMap(after, false).values();
    return namespace.isEmpty()
        ? new ArrayList<>(rest)
        : rest.stream().filter(slice -> slice.namespace().equals(namespace)).toList();
  }

  Optional<Slice> find(String namespace, String name) {
    return Optional.ofNullable(slices.get(new Slice(namespace, name, 0, 0).key()));
  }

  /// Opens the file to read slices. The caller closes the reader.
  Reader reader() {
    return new Reader(folder, path);
  }

  /// A reader of slices; cheap if they are requested in the order of the file.
  static final class Reader implements AutoCloseable {
    private final DataFolder folder;
    private final String path;
    private @Nullable InputStream in;
    private long position;

    private Reader(DataFolder folder, String path) {
      this.folder = folder;
      this.path = path;
    }

    byte[] read(Slice slice) throws IOException {
      var open = in;
      if (open == null || position > slice.offset()) {
        close();
        open = new BufferedInputStream(folder.open(path), 1 << 16);
        in = open;
        position = 0;
      }
      open.skipNBytes(slice.offset() - position);
      var bytes = open.readNBytes(slice.length());
      position = slice.offset() + bytes.length;
      return bytes;
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }

  private static Slice slice(JsonParser parser) throws IOException {
    long offset = parser.currentTokenLocation().getByteOffset();
    var namespace = "";
    var name = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean metadata = parser.currentName().equals("metadata");
      parser.nextToken();
      if (!metadata) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "name" -> name = parser.getText();
          case "namespace" -> namespace = parser.getText();
          default -> parser.skipChildren();
        }
      }
    }
    long end = parser.currentLocation().getByteOffset();
    return new Slice(namespace, name, offset, Math.toIntExact(end - offset));
  }

  private static Optional<String> stringField(JsonParser parser, String wanted) throws IOException {
    var found = Optional.<String>empty();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean matches = parser.currentName().equals(wanted);
      parser.nextToken();
      if (matches) {
        found = Optional.of(parser.getText());
      }
      parser.skipChildren();
    }
    return found;
  }
}
