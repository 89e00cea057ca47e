package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.collect.task.EntryStream;
import dev.diagbundle.collect.task.TaskScope;

/// The files of the objects of one type in the bundle: one list for each namespace. The API server
/// lists by namespace, so one list is open at a time. For one thread; closing it drops a list that
/// is still open.
final class ObjectFiles implements Closeable {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          new JsonFactory()
              .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
              .configure(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM, false));

  private final TaskScope scope;
  private final ResourceType type;
  private final boolean managedFields;
  private final Instant modified;
  private final Set<String> done = new HashSet<>();
  private Optional<OpenList> open = Optional.empty();
  private long misplaced;

  private record OpenList(String namespace, EntryStream entry, JsonGenerator json) {}

  ObjectFiles(TaskScope scope, ResourceType type, boolean managedFields, Instant modified) {
    this.scope = scope;
    this.type = type;
    this.managedFields = managedFields;
    this.modified = modified;
  }

  /// Adds an object, which is changed: cleaned, and given its kind, which objects in lists lack.
  void add(JsonNode node) throws IOException {
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    if (!managedFields && object.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
    ObjectCleaner.clean(type, object);
    var namespace = type.namespaced() ? object.path("metadata").path("namespace").asText("") : "";
    if (open.isEmpty() || !open.get().namespace().equals(namespace)) {
      finish();
      if (!done.add(namespace)) {
        misplaced++;
        return;
      }
      open = Optional.of(start(namespace));
    }
    var whole = JSON.createObjectNode();
    whole.put("kind", type.kind());
    whole.put("apiVersion", type.apiVersion());
    whole.setAll(object);
    var json = open.get().json();
    json.writeRaw('\n');
    JSON.writeTree(json, whole);
  }

  /// Completes the open list. Objects may follow in other namespaces.
  void finish() throws IOException {
    if (open.isEmpty()) {
      return;
    }
    var list = open.get();
    list.json().writeEndArray();
    if (!type.isBareArray()) {
      list.json().writeEndObject();
    }
    list.json().writeRaw('\n');
    list.json().close();
    list.entry().commit();
    close();
  }

  /// The number of objects left out because the server came back to a namespace that was complete.
  long misplaced() {
    return misplaced;
  }

  @Override
  public void close() throws IOException {
    if (open.isPresent()) {
      var entry = open.get().entry();
      open = Optional.empty();
      entry.close();
    }
  }

  private OpenList start(String namespace) throws IOException {
    var entry = scope.entry(type.entry(namespace), modified, Long.MAX_VALUE);
    JsonGenerator json = JSON.getFactory().createGenerator(entry);
    json.setCodec(JSON);
    if (type.isBareArray()) {
      json.writeStartArray();
    } else {
      json.writeStartObject();
      json.writeStringField("kind", type.kind() + "List");
      json.writeStringField("apiVersion", type.apiVersion());
      json.writeObjectFieldStart("metadata");
      json.writeEndObject();
      json.writeArrayFieldStart("items");
    }
    return new OpenList(namespace, entry, json);
  }
}
