package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.SelectorText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;
import java.io.IOException;

/// The description of a ReplicaSet.
final class ReplicaSetLines {
  private ReplicaSetLines() {}

  static void render(TabbedText text, JsonNode set, Relations relations, Viewpoint viewpoint)
      throws IOException {
    WorkloadLines.name(text, set);
    text.line(0, "Selector:", SelectorText.orNone(TypedFields.at(set, "spec", "selector")));
    WorkloadLines.labelsAndAnnotations(text, set);
    MetadataLines.controller(text, set);
    text.line(
        0,
        "Replicas:",
        "%d current / %d desired"
            .formatted(
                TypedFields.number(set, "status", "replicas"),
                TypedFields.number(set, "spec", "replicas")));
    WorkloadLines.pods(text, relations.podsOf(set));
    PodTemplateLines.render(text, TypedFields.at(set, "spec", "template"), viewpoint);
    WorkloadLines.conditions(text, set);
  }
}
