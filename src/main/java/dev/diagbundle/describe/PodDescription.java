package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;

/// A pod and the inputs of its description.
///
/// @param pod as the API has it
/// @param events at least those about the pod; only these are shown
public record PodDescription(JsonNode pod, List<DescribedEvent> events) {
  private static final String MIRROR = "kubernetes.io/config.mirror";

  /// Appends the text of `kubectl describe pod` in the layout of kubectl 1.36. The values of
  /// environment variables are shown as they are. The appendable stays open.
  ///
  /// @throws IOException only if the appendable does
  public void render(Appendable out, Viewpoint viewpoint) throws IOException {
    var text = new TabbedText(out);
    var spec = pod.path("spec");
    var status = pod.path("status");
    header(text, viewpoint);
    status(text, viewpoint);
    if (TypedFields.has(spec, "resources")) {
      text.line(0, "Resources:");
      ContainerLines.resources(text, 1, spec.path("resources"));
    }
    var containers = new ContainerLines(text, pod, viewpoint, "");
    if (!TypedFields.items(spec, "initContainers").isEmpty()) {
      containers.render("Init Containers:", "initContainers", "initContainerStatuses");
    }
    containers.render("Containers:", "containers", "containerStatuses");
    if (!TypedFields.items(spec, "ephemeralContainers").isEmpty()) {
      containers.render(
          "Ephemeral Containers:", "ephemeralContainers", "ephemeralContainerStatuses");
    }
    gatesAndConditions(text);
    VolumeLines.render(text, "", TypedFields.items(spec, "volumes"));
    var quality = TypedFields.text(status, "qosClass");
    text.line(0, "QoS Class:", quality.isEmpty() ? QualityOfService.of(pod) : quality);
    MetadataLines.labels(text, "Node-Selectors", spec.path("nodeSelector"));
    SchedulingLines.render(text, spec);
    EventLines.render(text, ownEvents(), viewpoint);
    text.finish();
  }

  private void header(TabbedText text, Viewpoint viewpoint) throws IOException {
    var metadata = pod.path("metadata");
    var spec = pod.path("spec");
    text.line(0, "Name:", TypedFields.text(metadata, "name"));
    text.line(0, "Namespace:", TypedFields.text(metadata, "namespace"));
    optional(text, "Priority:", TypedFields.text(spec, "priority"));
    optional(text, "Priority Class Name:", TypedFields.text(spec, "priorityClassName"));
    optional(text, "Runtime Class Name:", TypedFields.text(spec, "runtimeClassName"));
    optional(text, "Service Account:", TypedFields.text(spec, "serviceAccountName"));
    var node = TypedFields.text(spec, "nodeName");
    var host = TypedFields.text(pod, "status", "hostIP");
    text.line(0, "Node:", node.isEmpty() ? "<none>" : node + "/" + host);
    var started = TypedFields.at(pod, "status", "startTime");
    if (started.isTextual()) {
      text.line(0, "Start Time:", viewpoint.time(Times.of(started)));
    }
    MetadataLines.labels(text, "Labels", metadata.path("labels"));
    MetadataLines.annotations(text, "Annotations", metadata.path("annotations"));
  }

  private void status(TabbedText text, Viewpoint viewpoint) throws IOException {
    var metadata = pod.path("metadata");
    var status = pod.path("status");
    var phase = TypedFields.text(status, "phase");
    var deleted = metadata.path("deletionTimestamp");
    if (deleted.isTextual() && !phase.equals("Failed") && !phase.equals("Succeeded")) {
      var age = viewpoint.age(Times.of(deleted));
      text.line(0, "Status:", "Terminating (lasts " + age + ")");
      long grace = TypedFields.number(metadata, "deletionGracePeriodSeconds");
      text.line(0, "Termination Grace Period:", grace + "s");
    } else {
      text.line(0, "Status:", phase);
    }
    optional(text, "Reason:", TypedFields.text(status, "reason"));
    optional(text, "Message:", TypedFields.text(status, "message"));
    ContainerLines.seccomp(text, 0, 0, TypedFields.at(pod, "spec", "securityContext"));
    text.line(0, "IP:", TypedFields.text(status, "podIP"));
    var addresses = TypedFields.items(status, "podIPs");
    if (addresses.isEmpty()) {
      text.line(0, "IPs:", "<none>");
    } else {
      text.line(0, "IPs:");
      for (var address : addresses) {
        text.line(1, "IP:", TypedFields.text(address, "ip"));
      }
    }
    MetadataLines.controller(text, pod);
    optional(text, "NominatedNodeName:", TypedFields.text(status, "nominatedNodeName"));
  }

  private void gatesAndConditions(TabbedText text) throws IOException {
    var conditions = TypedFields.items(pod, "status", "conditions");
    var gates = TypedFields.items(pod, "spec", "readinessGates");
    if (!gates.isEmpty()) {
      text.line(0, "Readiness Gates:");
      text.line(1, "Type", "Status");
      for (var gate : gates) {
        var type = TypedFields.text(gate, "conditionType");
        var status =
            conditions.stream()
                .filter(condition -> TypedFields.text(condition, "type").equals(type))
                .findFirst()
                .map(condition -> TypedFields.text(condition, "status"))
                .orElse("<none>");
        text.line(1, type + " ", status + " ");
      }
    }
    if (!conditions.isEmpty()) {
      text.line(0, "Conditions:");
      text.line(1, "Type", "Status");
      for (var condition : conditions) {
        text.line(
            1,
            TypedFields.text(condition, "type") + " ",
            TypedFields.text(condition, "status") + " ");
      }
    }
  }

  private static void optional(TabbedText text, String title, String value) throws IOException {
    if (!value.isEmpty()) {
      text.line(0, title, value);
    }
  }

  /// The kubelet writes the events of a pod from a file under the UID that the file gives it.
  private List<DescribedEvent> ownEvents() {
    var metadata = pod.path("metadata");
    var mirrored = TypedFields.text(metadata, "annotations", MIRROR);
    var uid = mirrored.isEmpty() ? TypedFields.text(metadata, "uid") : mirrored;
    var namespace = TypedFields.text(metadata, "namespace");
    var name = TypedFields.text(metadata, "name");
    return events.stream().filter(event -> event.subject().is(namespace, name, uid)).toList();
  }
}
