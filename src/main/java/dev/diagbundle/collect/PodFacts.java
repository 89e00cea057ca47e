package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.ValuePool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What planning needs to know of one pod.
///
/// @param namespace of the pod
/// @param name of the pod
/// @param uid by which its node knows it
/// @param node it was scheduled to; empty if it was not
/// @param labels all of them
/// @param containers in the order of the spec: init, main, ephemeral
record PodFacts(
    String namespace,
    String name,
    String uid,
    String node,
    Map<String, String> labels,
    List<ContainerFacts> containers) {
  /// What planning needs to know of one container.
  ///
  /// @param name of the container
  /// @param restarted whether there was a run before the present one
  /// @param run the number of the present run, which names its log file on the node
  record ContainerFacts(String name, boolean restarted, int run) {}

  /// A static pod has one uid in the API, of its mirror, and another on its node, where it was made
  /// of a file: the hash of that (`pkg/kubelet/pod/mirror_client.go`).
  private static final String MIRRORED = "kubernetes.io/config.mirror";

  PodFacts {
    labels = Map.copyOf(labels);
    containers = List.copyOf(containers);
  }

  static PodFacts of(JsonNode pod) {
    return of(pod, new ValuePool());
  }

  /// @param pool of what many pods have in common
  static PodFacts of(JsonNode pod, ValuePool pool) {
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
        .forEach(label ->
            labels.put(pool.shared(label.getKey()), pool.shared(label.getValue().asText(""))));
    return new PodFacts(
        pool.shared(pod.path("metadata").path("namespace").asText("")),
        pod.path("metadata").path("name").asText(""),
        uid(pod.path("metadata")),
        pool.shared(spec.path("nodeName").asText("")),
        pool.shared(Map.copyOf(labels)),
        pool.shared(List.copyOf(containers)));
  }

  /// This pod without its labels.
  PodFacts unlabelled() {
    return labels.isEmpty() ? this : new PodFacts(namespace, name, uid, node, Map.of(), containers);
  }

  private static String uid(JsonNode metadata) {
    return metadata.path("annotations").path(MIRRORED).asText(metadata.path("uid").asText(""));
  }

  private static void addAll(List<ContainerFacts> containers, JsonNode specs, JsonNode statuses) {
    for (JsonNode spec : specs) {
      var name = spec.path("name").asText("");
      boolean restarted = false;
      int run = 0;
      for (JsonNode status : statuses) {
        if (status.path("name").asText("").equals(name)) {
          run = status.path("restartCount").asInt(0);
          restarted = run > 0 || status.path("lastState").has("terminated");
        }
      }
      containers.add(new ContainerFacts(name, restarted, run));
    }
  }
}
