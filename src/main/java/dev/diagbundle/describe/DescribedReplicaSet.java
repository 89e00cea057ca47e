package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

/// What the description of a Deployment needs of a replica set.
///
/// @param template tells its template from others
record DescribedReplicaSet(
    String name, Instant created, long replicas, long desired, ContentDigest template) {
  private static final String HASH = "pod-template-hash";

  /// The oldest first, then by name.
  static final Comparator<DescribedReplicaSet> BY_AGE =
      Comparator.comparing(DescribedReplicaSet::created)
          .thenComparing(DescribedReplicaSet::name, GoText.ORDER);

  /// Takes from a replica set of the API what is needed; it does not keep the JSON.
  static DescribedReplicaSet of(JsonNode set) {
    return new DescribedReplicaSet(
        JsonFields.text(set, "metadata", "name"),
        Times.of(JsonFields.at(set, "metadata", "creationTimestamp")),
        JsonFields.number(set, "status", "replicas"),
        JsonFields.number(set, "spec", "replicas"),
        template(set));
  }

  /// The digest of an object's template. The label that only a replica set's template has is not in
  /// it.
  static ContentDigest template(JsonNode object) {
    var template = JsonFields.at(object, "spec", "template");
    if (template instanceof ObjectNode whole
        && JsonFields.has(template, "metadata", "labels", HASH)
        && whole.path("metadata").path("labels") instanceof ObjectNode labels) {
      var plain = labels.objectNode().setAll(labels);
      ((ObjectNode) plain).remove(Set.of(HASH));
      var metadata = whole.objectNode();
      metadata.setAll((ObjectNode) whole.path("metadata"));
      metadata.set("labels", plain);
      var copy = whole.objectNode();
      copy.setAll(whole);
      copy.set("metadata", metadata);
      return ContentDigest.of(copy);
    }
    return ContentDigest.of(template);
  }

  @Override
  public String toString() {
    return name + " (" + replicas + "/" + desired + " replicas created)";
  }
}
