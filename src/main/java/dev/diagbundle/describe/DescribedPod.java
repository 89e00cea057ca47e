package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Interner;
import java.time.Instant;

/// The fields of a pod that the description of a node needs, small enough to keep every pod of a
/// cluster.
///
/// @param node the name of the node it is bound to; empty if to none
/// @param phase as in its status
/// @param created year one if unknown
/// @param planned by its specification
/// @param current processor and memory, including its status
public record DescribedPod(
    String namespace,
    String name,
    String node,
    String phase,
    Instant created,
    PodResources planned,
    PodResources current) {

  /// Extracts the needed fields of a pod of the API; the JSON is not retained.
  public static DescribedPod of(JsonNode pod, Interner pool) {
    return new DescribedPod(
        pool.shared(TypedFields.text(pod, "metadata", "namespace")),
        TypedFields.text(pod, "metadata", "name"),
        pool.shared(TypedFields.text(pod, "spec", "nodeName")),
        pool.shared(TypedFields.text(pod, "status", "phase")),
        pool.shared(Times.of(TypedFields.at(pod, "metadata", "creationTimestamp"))),
        pool.shared(PodResources.planned(pod)),
        pool.shared(PodResources.current(pod)));
  }

  /// Returns whether all its containers have ended for good, so that it uses no resources of its
  /// node.
  public boolean isTerminated() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
