package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Interner;

/// The references of a pod to other objects.
///
/// @param owner uid of its controller; empty if it has none
/// @param labels for the selectors of Services
/// @param claims that it may be waiting for
record PodReferences(String owner, Map<String, String> labels, Set<String> claims) {
  PodReferences {
    labels = Map.copyOf(labels);
    claims = Set.copyOf(claims);
  }

  /// @param pool of labels, which pods share
  static PodReferences of(JsonNode pod, Interner pool) {
    var claims = new HashSet<String>();
    if (pod.path("status").path("phase").asText("").equals("Pending")) {
      for (JsonNode volume : pod.path("spec").path("volumes")) {
        if (volume.has("persistentVolumeClaim")) {
          claims.add(volume.path("persistentVolumeClaim").path("claimName").asText(""));
        } else if (volume.has("ephemeral")) {
          // The name that Kubernetes gives to the claim of a generic ephemeral volume.
          var name = pod.path("metadata").path("name").asText("");
          claims.add(name + "-" + volume.path("name").asText(""));
        }
      }
    }
    var labels = texts(pod.path("metadata").path("labels"), pool);
    return new PodReferences(ownerOf(pod), pool.shared(Map.copyOf(labels)), claims);
  }

  /// The uid of the controller of an object; empty if it has none.
  static String ownerOf(JsonNode object) {
    for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner.path("uid").asText("");
      }
    }
    return "";
  }

  /// The strings of a map, for example labels or a selector.
  static Map<String, String> texts(JsonNode map, Interner pool) {
    var texts = new HashMap<String, String>();
    map.properties()
        .forEach(entry ->
            texts.put(pool.shared(entry.getKey()), pool.shared(entry.getValue().asText(""))));
    return texts;
  }
}
