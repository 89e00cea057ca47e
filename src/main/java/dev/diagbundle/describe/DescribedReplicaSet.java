package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.describe.kubectl.ContentDigest;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;

/// The fields of a replica set that the description of a Deployment needs.
///
/// @param template digest that distinguishes its template from others
record DescribedReplicaSet(
    String name, Instant created, long replicas, long desired, ContentDigest template) {
  private static final String HASH = "pod-template-hash";

  /// The oldest first, then by name.
  static final Comparator<DescribedReplicaSet> BY_AGE =
      Comparator.comparing(DescribedReplicaSet::created)
          .thenComparing(DescribedReplicaSet::name, GoText.ORDER);

  /// Extracts the needed fields of a replica set of the API; the JSON is not retained.
  static DescribedReplicaSet of(JsonNode set) {
    return new DescribedReplicaSet(
        TypedFields.text(set, "metadata", "name"),
        Times.of(TypedFields.at(set, "metadata", "creationTimestamp")),
        TypedFields.number(set, "status", "replicas"),
        TypedFields.number(set, "spec", "replicas"),
        template(set));
  }

  /// The digest of an object's template. The label that only a replica set's template has is not in
  /// it.
  static ContentDigest template(JsonNode object) {
    var template = TypedFields.at(object, "spec", "template");
    if (template instanceof ObjectNode whole
        && TypedFields.has(template, "metadata", "labels", HASH)
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
