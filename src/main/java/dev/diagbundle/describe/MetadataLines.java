package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;

/// The lines for labels, annotations and other values that follow a title, one below the other.
final class MetadataLines {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final int MAX_ANNOTATION_BYTES = 140;

  private MetadataLines() {}

  /// `key=value` for every member of an object.
  static void labels(TabbedText text, String title, JsonNode labels) throws IOException {
    list(
        text,
        title,
        TypedFields.sorted(labels).entrySet().stream()
            .map(label -> label.getKey() + "=" + TypedFields.text(label.getValue()))
            .toList());
  }

  /// A title and its values, each on a line of its own.
  static void list(TabbedText text, String title, List<String> values) throws IOException {
    if (values.isEmpty()) {
      text.line(0, title + ":", "<none>");
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      text.line(0, i == 0 ? title + ":" : "", values.get(i));
    }
  }

  /// A field, if it is not empty.
  static void optional(TabbedText text, int level, String title, JsonNode node, String field)
      throws IOException {
    var value = TypedFields.text(node, field);
    if (!value.isEmpty()) {
      text.line(level, title, value);
    }
  }

  /// The controller of the object, if any.
  static void controller(TabbedText text, JsonNode object) throws IOException {
    var owner = TypedFields.controller(object);
    if (!owner.isMissingNode()) {
      var name = TypedFields.text(owner, "kind") + "/" + TypedFields.text(owner, "name");
      text.line(0, "Controlled By:", name);
    }
  }

  /// The annotations but kubectl's own copy of the object; long ones and those of several lines are
  /// below their key.
  static void annotations(TabbedText text, String name, JsonNode annotations) throws IOException {
    var sorted = TypedFields.sorted(annotations);
    sorted.remove(LAST_APPLIED);
    if (sorted.isEmpty()) {
      text.line(0, name + ":", "<none>");
      return;
    }
    var title = name + ":";
    for (var annotation : sorted.entrySet()) {
      var key = annotation.getKey();
      var whole = TypedFields.text(annotation.getValue());
      var value = whole.endsWith("\n") ? whole.substring(0, whole.length() - 1) : whole;
      if (value.indexOf('\n') < 0
          && GoText.bytes(value) + GoText.bytes(key) + 2 <= MAX_ANNOTATION_BYTES) {
        text.line(0, title, key + ": " + value);
      } else {
        text.line(0, title, key + ":");
        for (var line : value.split("\n", -1)) {
          text.line(0, "", "  " + GoText.shorten(line, MAX_ANNOTATION_BYTES - 2));
        }
      }
      title = "";
    }
  }
}
