package dev.diagbundle.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// A node as its API object names it: what is needed to choose it and to ask it something.
///
/// @param name its name
/// @param os its operating system as it reports it, for example `windows`
/// @param kubeletVersion for example `v1.36.2`
/// @param ready whether its condition `Ready` is true: of one that is not, a refused connection is
///   no surprise and is not tried again
/// @param labels all of them
public record NodeSummary(
    String name, String os, String kubeletVersion, boolean ready, Map<String, String> labels) {
  public NodeSummary {
    labels = Map.copyOf(labels);
  }

  public static NodeSummary of(JsonNode node) {
    return of(node, value -> value);
  }

  /// @param shared gives equal values once: labels are much the same at all nodes
  public static NodeSummary of(JsonNode node, UnaryOperator<String> shared) {
    var labels = new LinkedHashMap<String, String>();
    node.path("metadata")
        .path("labels")
        .properties()
        .forEach(label ->
            labels.put(shared.apply(label.getKey()), shared.apply(label.getValue().asText(""))));
    var info = node.path("status").path("nodeInfo");
    boolean ready = false;
    for (JsonNode condition : node.path("status").path("conditions")) {
      if (condition.path("type").asText("").equals("Ready")) {
        ready = condition.path("status").asText("").equals("True");
      }
    }
    return new NodeSummary(
        node.path("metadata").path("name").asText(""),
        shared.apply(info.path("operatingSystem").asText("")),
        shared.apply(info.path("kubeletVersion").asText("")),
        ready,
        labels);
  }

  public boolean isWindows() {
    return os.equals("windows");
  }
}
