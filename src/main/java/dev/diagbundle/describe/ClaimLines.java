package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Quantity;

/// The description of a PersistentVolumeClaim.
final class ClaimLines {
  private static final String CLASS = "volume.beta.kubernetes.io/storage-class";
  private static final Map<String, String> SHORT_MODES =
      Map.of(
          "ReadWriteOnce", "RWO",
          "ReadOnlyMany", "ROX",
          "ReadWriteMany", "RWX",
          "ReadWriteOncePod", "RWOP");
  private static final List<String> MODES =
      List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");

  private ClaimLines() {}

  static void render(TabbedText text, JsonNode claim, Relations relations, Viewpoint viewpoint)
      throws IOException {
    var spec = claim.path("spec");
    WorkloadLines.name(text, claim);
    text.line(0, "StorageClass:", storageClass(claim));
    text.line(0, "Status:", status(claim, viewpoint));
    var volume = TypedFields.text(spec, "volumeName");
    text.line(0, "Volume:", volume);
    WorkloadLines.labelsAndAnnotations(text, claim);
    text.line(0, "Finalizers:", GoText.list(TypedFields.texts(claim, "metadata", "finalizers")));
    text.line(0, "Capacity:", volume.isEmpty() ? "" : capacity(claim));
    text.line(0, "Access Modes:", volume.isEmpty() ? "" : modes(claim));
    MetadataLines.optional(text, 0, "VolumeMode:", spec, "volumeMode");
    source(text, 0, spec);
    var users = relations.usersOf(claim);
    if (users.isPresent()) {
      MetadataLines.list(text, "Used By", users.get());
    } else {
      text.line(0, "Used By:", "<unknown>");
    }
    conditions(text, TypedFields.items(claim, "status", "conditions"), viewpoint);
  }

  /// The class that a claim requests, in the old field or the new.
  static String storageClass(JsonNode claim) {
    var annotations = TypedFields.at(claim, "metadata", "annotations");
    return annotations.has(CLASS)
        ? TypedFields.text(annotations, CLASS)
        : TypedFields.text(claim, "spec", "storageClassName");
  }

  /// Appends the data source of a claim's volume, if it has one.
  static void source(TabbedText text, int level, JsonNode spec) throws IOException {
    if (!TypedFields.has(spec, "dataSource")) {
      return;
    }
    var source = spec.path("dataSource");
    text.line(level, "DataSource:");
    if (TypedFields.has(source, "apiGroup")) {
      text.line(level + 1, "APIGroup:", TypedFields.text(source, "apiGroup"));
    }
    text.line(level + 1, "Kind:", TypedFields.text(source, "kind"));
    text.line(level + 1, "Name:", TypedFields.text(source, "name"));
  }

  private static String status(JsonNode claim, Viewpoint viewpoint) {
    var deleted = TypedFields.at(claim, "metadata", "deletionTimestamp");
    return deleted.isTextual()
        ? "Terminating (lasts " + viewpoint.age(Times.of(deleted)) + ")"
        : TypedFields.text(claim, "status", "phase");
  }

  private static String capacity(JsonNode claim) {
    var storage = TypedFields.text(claim, "status", "capacity", "storage");
    return storage.isEmpty() ? "0" : Quantity.canonical(storage);
  }

  private static String modes(JsonNode claim) {
    var modes = TypedFields.texts(claim, "status", "accessModes");
    return String.join(",", MODES.stream().filter(modes::contains).map(SHORT_MODES::get).toList());
  }

  private static void conditions(TabbedText text, List<JsonNode> conditions, Viewpoint viewpoint)
      throws IOException {
    if (conditions.isEmpty()) {
      return;
    }
    text.line(0, "Conditions:");
    text.line(1, "Type", "Status", "LastProbeTime", "LastTransitionTime", "Reason", "Message");
    text.line(1, "----", "------", "-----------------", "------------------", "------", "-------");
    for (var condition : conditions) {
      text.line(
          1,
          TypedFields.text(condition, "type") + " ",
          TypedFields.text(condition, "status") + " ",
          viewpoint.time(Times.of(condition.path("lastProbeTime"))) + " ",
          viewpoint.time(Times.of(condition.path("lastTransitionTime"))) + " ",
          TypedFields.text(condition, "reason") + " ",
          TypedFields.text(condition, "message"));
    }
  }
}
