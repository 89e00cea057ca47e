package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;

/// The lines that the descriptions of several workload kinds share.
final class WorkloadLines {
  private WorkloadLines() {}

  static void name(TabbedText text, JsonNode object) throws IOException {
    text.line(0, "Name:", TypedFields.text(object, "metadata", "name"));
    text.line(0, "Namespace:", TypedFields.text(object, "metadata", "namespace"));
  }

  static void labelsAndAnnotations(TabbedText text, JsonNode object) throws IOException {
    var metadata = object.path("metadata");
    MetadataLines.labels(text, "Labels", metadata.path("labels"));
    MetadataLines.annotations(text, "Annotations", metadata.path("annotations"));
  }

  static void created(TabbedText text, JsonNode object, Viewpoint viewpoint) throws IOException {
    var created = TypedFields.at(object, "metadata", "creationTimestamp");
    text.line(0, "CreationTimestamp:", viewpoint.time(Times.of(created)));
  }

  static void pods(TabbedText text, Optional<PodCounts> counts) throws IOException {
    text.line(
        0,
        "Pods Status:",
        counts.map(PodCounts::toString).orElse("error in fetching pods: they were not listed"));
  }

  /// The conditions without their messages; nothing if there are none.
  static void conditions(TabbedText text, JsonNode object) throws IOException {
    var conditions = TypedFields.items(object, "status", "conditions");
    if (conditions.isEmpty()) {
      return;
    }
    text.line(0, "Conditions:");
    text.line(1, "Type", "Status", "Reason");
    text.line(1, "----", "------", "------");
    for (var condition : conditions) {
      text.line(
          1,
          TypedFields.text(condition, "type") + " ",
          TypedFields.text(condition, "status"),
          TypedFields.text(condition, "reason"));
    }
  }

  /// A number, or `<unset>` where there is none.
  static String numberOrUnset(JsonNode node, String field) {
    return TypedFields.has(node, field)
        ? String.valueOf(TypedFields.number(node, field))
        : "<unset>";
  }
}
