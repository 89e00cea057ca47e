package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.SelectorText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;
import java.io.IOException;

/// The description of a DaemonSet.
final class DaemonSetLines {
  private DaemonSetLines() {}

  static void render(TabbedText text, JsonNode set, Relations relations, Viewpoint viewpoint)
      throws IOException {
    var template = TypedFields.at(set, "spec", "template");
    WorkloadLines.name(text, set);
    text.line(0, "Selector:", SelectorText.of(TypedFields.at(set, "spec", "selector")));
    text.line(
        0, "Node-Selector:", SelectorText.labels(TypedFields.at(template, "spec", "nodeSelector")));
    WorkloadLines.labelsAndAnnotations(text, set);
    count(text, "Desired Number of Nodes Scheduled", set, "desiredNumberScheduled");
    count(text, "Current Number of Nodes Scheduled", set, "currentNumberScheduled");
    count(text, "Number of Nodes Scheduled with Up-to-date Pods", set, "updatedNumberScheduled");
    count(text, "Number of Nodes Scheduled with Available Pods", set, "numberAvailable");
    count(text, "Number of Nodes Misscheduled", set, "numberMisscheduled");
    WorkloadLines.pods(text, relations.podsOf(set));
    PodTemplateLines.render(text, template, viewpoint);
  }

  private static void count(TabbedText text, String title, JsonNode set, String field)
      throws IOException {
    text.line(0, title + ": " + TypedFields.number(set, "status", field));
  }
}
