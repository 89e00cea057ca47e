package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.SelectorText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;
import java.io.IOException;

/// The scheduling constraints of a pod: tolerations, spread constraints, scheduling group.
final class SchedulingLines {
  private SchedulingLines() {}

  static void render(TabbedText text, JsonNode spec) throws IOException {
    tolerations(text, "Tolerations", spec);
    constraints(text, "Topology Spread Constraints", spec);
    if (TypedFields.has(spec, "schedulingGroup")) {
      text.line(0, "SchedulingGroup:");
      text.line(1, "PodGroupName:", TypedFields.text(spec, "schedulingGroup", "podGroupName"));
    }
  }

  static void tolerations(TabbedText text, String title, JsonNode spec) throws IOException {
    MetadataLines.list(
        text,
        title,
        TypedFields.sortedBy(TypedFields.items(spec, "tolerations"), "key").stream()
            .map(SchedulingLines::toleration)
            .toList());
  }

  /// Appends the spread constraints; nothing if there are none.
  static void constraints(TabbedText text, String title, JsonNode spec) throws IOException {
    var constraints =
        TypedFields.sortedBy(TypedFields.items(spec, "topologySpreadConstraints"), "topologyKey");
    if (!constraints.isEmpty()) {
      MetadataLines.list(
          text, title, constraints.stream().map(SchedulingLines::constraint).toList());
    }
  }

  private static String toleration(JsonNode toleration) {
    var value = TypedFields.text(toleration, "value");
    var effect = TypedFields.text(toleration, "effect");
    var text = new StringBuilder(TypedFields.text(toleration, "key"));
    if (!value.isEmpty()) {
      text.append('=').append(value);
    }
    if (!effect.isEmpty()) {
      text.append(':').append(effect);
    }
    if (value.isEmpty() && TypedFields.text(toleration, "operator").equals("Exists")) {
      text.append(text.isEmpty() ? "op=Exists" : " op=Exists");
    }
    if (TypedFields.has(toleration, "tolerationSeconds")) {
      long seconds = TypedFields.number(toleration, "tolerationSeconds");
      text.append(" for ").append(seconds).append('s');
    }
    return text.toString();
  }

  private static String constraint(JsonNode constraint) {
    var text =
        TypedFields.text(constraint, "topologyKey")
            + ":"
            + TypedFields.text(constraint, "whenUnsatisfiable")
            + " when max skew "
            + TypedFields.number(constraint, "maxSkew")
            + " is exceeded";
    var selector = constraint.path("labelSelector");
    return selector.isObject() ? text + " for selector " + SelectorText.orNone(selector) : text;
  }
}
