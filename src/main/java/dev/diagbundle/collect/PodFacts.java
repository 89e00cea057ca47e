package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What planning needs to know of one pod.
///
/// @param namespace of the pod
/// @param name of the pod
/// @param node it was scheduled to; empty if it was not
/// @param labels all of them
/// @param containers in the order of the spec: init, main, ephemeral
record PodFacts(
    String namespace,
    String name,
    String node,
    Map<String, String> labels,
    List<ContainerFacts> containers) {
  /// What planning needs to know of one container.
  ///
  /// @param name of the container
  /// @param restarted whether there was a run before the present one
  record ContainerFacts(String name, boolean restarted) {}

  PodFacts {
    labels = Map.copyOf(labels);
    containers = List.copyOf(containers);
  }

  static PodFacts of(JsonNode pod) {
    var spec = pod.path("spec");
    var status = pod.path("status");
    var containers = new ArrayList<ContainerFacts>();
    addAll(containers, spec.path("initContainers"), status.path("initContainerStatuses"));
    addAll(containers, spec.path("containers"), status.path("containerStatuses"));
    addAll(containers, spec.path("ephemeralContainers"), status.path("ephemeralContainerStatuses"));
    var labels = new LinkedHashMap<String, String>();
    pod.path("metadata")
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText("")));
    return new PodFacts(
        pod.path("metadata").path("namespace").asText(""),
        pod.path("metadata").path("name").asText(""),
        spec.path("nodeName").asText(""),
        labels,
        containers);
  }

  private static void addAll(List<ContainerFacts> containers, JsonNode specs, JsonNode statuses) {
    for (JsonNode spec : specs) {
      var name = spec.path("name").asText("");
      boolean restarted = false;
      for (JsonNode status : statuses) {
        if (status.path("name").asText("").equals(name)) {
          restarted =
              status.path("restartCount").asInt(0) > 0
                  || status.path("lastState").has("terminated");
        }
      }
      containers.add(new ContainerFacts(name, restarted));
    }
  }
}
