package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.describe.ValuePool;
import java.util.LinkedHashMap;
import java.util.Map;

/// What planning and describing need to know of one node.
///
/// @param name its name
/// @param os its operating system as it reports it, for example `windows`
/// @param ready whether its condition `Ready` is true: of one that is not, a refused connection is
///   no surprise and is not tried again
/// @param labels all of them
/// @param packed the Node without what describing does not show
record NodeFacts(
    String name, String os, boolean ready, Map<String, String> labels, PackedJson packed) {
  NodeFacts {
    labels = Map.copyOf(labels);
  }

  NodeFacts(String name, String os, boolean ready, Map<String, String> labels, JsonNode object) {
    this(name, os, ready, labels, PackedJson.of(object));
  }

  static NodeFacts of(JsonNode node) {
    return of(node, new ValuePool());
  }

  /// @param pool of the labels, which are much the same at all nodes
  static NodeFacts of(JsonNode node, ValuePool pool) {
    var labels = new LinkedHashMap<String, String>();
    node.path("metadata")
        .path("labels")
        .properties()
        .forEach(label ->
            labels.put(pool.shared(label.getKey()), pool.shared(label.getValue().asText(""))));
    boolean ready = false;
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (condition.path("type").asText("").equals("Ready")) {
        ready = condition.path("status").asText("").equals("True");
      }
    }
    return new NodeFacts(
        node.path("metadata").path("name").asText(""),
        pool.shared(node.path("status").path("nodeInfo").path("operatingSystem").asText("")),
        ready,
        labels,
        described(node));
  }

  /// The Node without its managed fields and images; parts that stay are not copied.
  private static JsonNode described(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    var kept = object.objectNode();
    kept.setAll(object);
    if (object.path("metadata") instanceof ObjectNode metadata) {
      kept.set("metadata", without(metadata, "managedFields"));
    }
    if (object.path("status") instanceof ObjectNode status) {
      kept.set("status", without(status, "images"));
    }
    return kept;
  }

  private static ObjectNode without(ObjectNode object, String field) {
    var rest = object.objectNode();
    rest.setAll(object);
    rest.remove(field);
    return rest;
  }

  /// The Node without what describing does not show; unpacked anew each time.
  JsonNode object() {
    return packed.tree();
  }

  boolean isWindows() {
    return os.equals("windows");
  }
}
