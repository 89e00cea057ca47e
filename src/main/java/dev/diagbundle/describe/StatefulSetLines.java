package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.SelectorText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Quantity;

/// The description of a StatefulSet.
final class StatefulSetLines {
  private static final String INDENT = "  ";

  private StatefulSetLines() {}

  static void render(TabbedText text, JsonNode set, Relations relations, Viewpoint viewpoint)
      throws IOException {
    var spec = set.path("spec");
    WorkloadLines.name(text, set);
    WorkloadLines.created(text, set, viewpoint);
    text.line(0, "Selector:", SelectorText.of(spec.path("selector")));
    WorkloadLines.labelsAndAnnotations(text, set);
    text.line(
        0,
        "Replicas:",
        "%d desired | %d total"
            .formatted(
                TypedFields.number(spec, "replicas"),
                TypedFields.number(set, "status", "replicas")));
    var strategy = spec.path("updateStrategy");
    text.line(0, "Update Strategy:", TypedFields.text(strategy, "type"));
    var update = strategy.path("rollingUpdate");
    if (TypedFields.has(update, "partition")) {
      text.line(1, "Partition:", String.valueOf(TypedFields.number(update, "partition")));
      MetadataLines.optional(text, 1, "MaxUnavailable:", update, "maxUnavailable");
    }
    WorkloadLines.pods(text, relations.podsOf(set));
    PodTemplateLines.render(text, spec.path("template"), viewpoint);
    claims(text, TypedFields.items(spec, "volumeClaimTemplates"));
  }

  private static void claims(TabbedText text, List<JsonNode> templates) throws IOException {
    if (templates.isEmpty()) {
      text.line(0, "Volume Claims:", "<none>");
      return;
    }
    text.line(0, "Volume Claims:");
    for (var template : templates) {
      var metadata = template.path("metadata");
      text.line(1, "Name:", TypedFields.text(metadata, "name"));
      text.line(1, "StorageClass:", ClaimLines.storageClass(template));
      MetadataLines.labels(text, INDENT + "Labels", metadata.path("labels"));
      // kubectl shows them as it shows labels.
      MetadataLines.labels(text, INDENT + "Annotations", metadata.path("annotations"));
      var storage = TypedFields.text(template, "spec", "resources", "requests", "storage");
      text.line(1, "Capacity:", storage.isEmpty() ? "<default>" : Quantity.canonical(storage));
      text.line(
          1, "Access Modes:", GoText.list(TypedFields.texts(template, "spec", "accessModes")));
    }
  }
}
