package dev.diagbundle.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// The part of a node's API object that is needed to select the node and to send it requests.
///
/// @param name its name
/// @param os its operating system as it reports it, for example `windows`
/// @param kubeletVersion for example `v1.36.2`
/// @param runtime its container runtime, for example `containerd://2.1.4`
/// @param ready whether its condition `Ready` is true: a refused connection of a node that is not
///   ready is expected and not retried
/// @param labels all its labels
public record NodeSummary(
    String name,
    String os,
    String kubeletVersion,
    String runtime,
    boolean ready,
    Map<String, String> labels) {
  /// The placeholder for the node of an unscheduled pod, whose requests go to the API server.
  public static final NodeSummary NONE = new NodeSummary("", "", "", "", true, Map.of());

  public NodeSummary {
    labels = Map.copyOf(labels);
  }

  public static NodeSummary of(JsonNode node) {
    return of(node, value -> value);
  }

  /// @param shared returns one instance for equal values: most labels are the same on all nodes
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
        shared.apply(info.path("containerRuntimeVersion").asText("")),
        ready,
        labels);
  }

  public boolean isWindows() {
    return os.equals("windows");
  }
}
