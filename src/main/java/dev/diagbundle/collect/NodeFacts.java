package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// What planning and describing need to know of one node.
///
/// @param name its name
/// @param os its operating system as it reports it, for example `windows`
/// @param ready whether its condition `Ready` is true: of one that is not, a refused connection is
///   no surprise and is not tried again
/// @param labels all of them
/// @param object the Node without what describing does not show
record NodeFacts(
    String name, String os, boolean ready, Map<String, String> labels, JsonNode object) {
  NodeFacts {
    labels = Map.copyOf(labels);
  }

  static NodeFacts of(JsonNode node) {
    var labels = new LinkedHashMap<String, String>();
    node.path("metadata")
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText("")));
    boolean ready = false;
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (condition.path("type").asText("").equals("Ready")) {
        ready = condition.path("status").asText("").equals("True");
      }
    }
    JsonNode kept = node.deepCopy();
    if (kept.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
    if (kept.path("status") instanceof ObjectNode status) {
      status.remove("images");
    }
    return new NodeFacts(
        node.path("metadata").path("name").asText(""),
        node.path("status").path("nodeInfo").path("operatingSystem").asText(""),
        ready,
        labels,
        kept);
  }

  boolean isWindows() {
    return os.equals("windows");
  }
}
