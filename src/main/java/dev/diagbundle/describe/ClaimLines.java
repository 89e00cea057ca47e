package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

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
    var volume = JsonFields.text(spec, "volumeName");
    text.line(0, "Volume:", volume);
    WorkloadLines.labelsAndAnnotations(text, claim);
    text.line(0, "Finalizers:", GoText.list(JsonFields.texts(claim, "metadata", "finalizers")));
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
    conditions(text, JsonFields.items(claim, "status", "conditions"), viewpoint);
  }

  /// The class that a claim asks for, in the old place or the new.
  static String storageClass(JsonNode claim) {
    var annotations = JsonFields.at(claim, "metadata", "annotations");
    return annotations.has(CLASS)
        ? JsonFields.text(annotations, CLASS)
        : JsonFields.text(claim, "spec", "storageClassName");
  }

  /// Appends what a claim's volume is filled from, if from anything.
  static void source(TabbedText text, int level, JsonNode spec) throws IOException {
    if (!JsonFields.has(spec, "dataSource")) {
      return;
    }
    var source = spec.path("dataSource");
    text.line(level, "DataSource:");
    if (JsonFields.has(source, "apiGroup")) {
      text.line(level + 1, "APIGroup:", JsonFields.text(source, "apiGroup"));
    }
    text.line(level + 1, "Kind:", JsonFields.text(source, "kind"));
    text.line(level + 1, "Name:", JsonFields.text(source, "name"));
  }

  private static String status(JsonNode claim, Viewpoint viewpoint) {
    var deleted = JsonFields.at(claim, "metadata", "deletionTimestamp");
    return deleted.isTextual()
        ? "Terminating (lasts " + viewpoint.age(Times.of(deleted)) + ")"
        : JsonFields.text(claim, "status", "phase");
  }

  private static String capacity(JsonNode claim) {
    var storage = JsonFields.text(claim, "status", "capacity", "storage");
    return storage.isEmpty() ? "0" : Quantity.canonical(storage);
  }

  private static String modes(JsonNode claim) {
    var modes = JsonFields.texts(claim, "status", "accessModes");
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
          JsonFields.text(condition, "type") + " ",
          JsonFields.text(condition, "status") + " ",
          viewpoint.time(Times.of(condition.path("lastProbeTime"))) + " ",
          viewpoint.time(Times.of(condition.path("lastTransitionTime"))) + " ",
          JsonFields.text(condition, "reason") + " ",
          JsonFields.text(condition, "message"));
    }
  }
}
