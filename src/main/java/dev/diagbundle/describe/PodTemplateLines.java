package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;
import java.io.IOException;

/// The pod template in the description of a controller.
final class PodTemplateLines {
  private static final String INDENT = "  ";

  private PodTemplateLines() {}

  static void render(TabbedText text, JsonNode template, Viewpoint viewpoint) throws IOException {
    var metadata = template.path("metadata");
    var spec = template.path("spec");
    text.line(0, "Pod Template:");
    MetadataLines.labels(text, INDENT + "Labels", metadata.path("labels"));
    if (!TypedFields.sorted(metadata, "annotations").isEmpty()) {
      MetadataLines.annotations(text, INDENT + "Annotations", metadata.path("annotations"));
    }
    MetadataLines.optional(text, 1, "Service Account:", spec, "serviceAccountName");
    // Only a pod has a status, and fields that a variable can be set from.
    var pod = JsonNodeFactory.instance.objectNode().set("spec", spec);
    var containers = new ContainerLines(text, pod, viewpoint, INDENT);
    if (!TypedFields.items(spec, "initContainers").isEmpty()) {
      containers.render("Init Containers:", "initContainers", "");
    }
    containers.render("Containers:", "containers", "");
    VolumeLines.render(text, INDENT, TypedFields.items(spec, "volumes"));
    SchedulingLines.constraints(text, INDENT + "Topology Spread Constraints", spec);
    MetadataLines.optional(text, 1, "Priority Class Name:", spec, "priorityClassName");
    MetadataLines.labels(text, INDENT + "Node-Selectors", spec.path("nodeSelector"));
    SchedulingLines.tolerations(text, INDENT + "Tolerations", spec);
  }
}
