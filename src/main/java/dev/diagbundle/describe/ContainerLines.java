package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Quantity;

/// The containers of one kind in the description of their pod.
///
/// @param indent of the title; empty for a pod, two spaces for a template
record ContainerLines(TabbedText text, JsonNode pod, Viewpoint viewpoint, String indent) {

  /// Appends the containers, each with its status below its name.
  ///
  /// @param field of the specification, which holds the containers
  /// @param statusField of the status, which holds their states
  void render(String title, String field, String statusField) throws IOException {
    var statuses = new HashMap<String, JsonNode>();
    for (var status : TypedFields.items(pod, "status", statusField)) {
      statuses.put(TypedFields.text(status, "name"), status);
    }
    var containers = TypedFields.items(pod, "spec", field);
    text.line(0, indent + (containers.isEmpty() ? title + " <none>" : title));
    var nameIndent = indent.isEmpty() ? "" : " ";
    for (var container : containers) {
      var status = statuses.get(TypedFields.text(container, "name"));
      text.line(1, nameIndent + TypedFields.text(container, "name") + ":");
      if (status == null) {
        text.line(2, "Image:", TypedFields.text(container, "image"));
      } else {
        text.line(2, "Container ID:", TypedFields.text(status, "containerID"));
        text.line(2, "Image:", TypedFields.text(container, "image"));
        text.line(2, "Image ID:", TypedFields.text(status, "imageID"));
      }
      ports(container);
      seccomp(text, 2, 3, container.path("securityContext"));
      words("Command:", TypedFields.texts(container, "command"));
      words("Args:", TypedFields.texts(container, "args"));
      if (status != null) {
        state("State:", status.path("state"));
        if (TypedFields.has(status, "lastState", "terminated")) {
          state("Last State:", status.path("lastState"));
        }
        text.line(2, "Ready:", TypedFields.isTrue(status, "ready") ? "True" : "False");
        text.line(2, "Restart Count:", number(status, "restartCount"));
      }
      resources(text, 2, container.path("resources"));
      probe("Liveness:", container.path("livenessProbe"));
      probe("Readiness:", container.path("readinessProbe"));
      probe("Startup:", container.path("startupProbe"));
      new EnvironmentLines(text, pod, container).render();
      mounts(container);
    }
  }

  static void resources(TabbedText text, int level, JsonNode resources) throws IOException {
    for (var kind : List.of("limits", "requests")) {
      var amounts = TypedFields.sorted(resources, kind);
      if (!amounts.isEmpty()) {
        text.line(level, kind.equals("limits") ? "Limits:" : "Requests:");
      }
      for (var amount : amounts.entrySet()) {
        var value = Quantity.canonical(TypedFields.text(amount.getValue()));
        text.line(level + 1, amount.getKey() + ":", value);
      }
    }
  }

  static void seccomp(TabbedText text, int level, int innerLevel, JsonNode securityContext)
      throws IOException {
    if (!TypedFields.has(securityContext, "seccompProfile")) {
      return;
    }
    var profile = securityContext.path("seccompProfile");
    var type = TypedFields.text(profile, "type");
    text.line(level, "SeccompProfile:", type);
    if (type.equals("Localhost")) {
      text.line(innerLevel, "LocalhostProfile:", TypedFields.text(profile, "localhostProfile"));
    }
  }

  private void ports(JsonNode container) throws IOException {
    var ports = new ArrayList<String>();
    var hostPorts = new ArrayList<String>();
    for (var port : TypedFields.items(container, "ports")) {
      var name = TypedFields.text(port, "name");
      var end =
          "/" + TypedFields.text(port, "protocol") + (name.isEmpty() ? "" : " (" + name + ")");
      ports.add(number(port, "containerPort") + end);
      hostPorts.add(number(port, "hostPort") + end);
    }
    ports("Port", String.join(", ", ports));
    ports("Host Port", String.join(", ", hostPorts));
  }

  private void ports(String title, String ports) throws IOException {
    if (ports.indexOf(',') >= 0) {
      text.line(2, title + "s:", ports);
    } else {
      text.line(2, title + ":", ports.isEmpty() ? "<none>" : ports);
    }
  }

  private void words(String title, List<String> words) throws IOException {
    if (words.isEmpty()) {
      return;
    }
    text.line(2, title);
    for (var word : words) {
      for (var line : word.split("\n", -1)) {
        text.line(3, line);
      }
    }
  }

  private void state(String title, JsonNode state) throws IOException {
    if (TypedFields.has(state, "running")) {
      text.line(2, title, "Running");
      text.line(3, "Started:", time(state, "running", "startedAt"));
    } else if (TypedFields.has(state, "waiting") || !TypedFields.has(state, "terminated")) {
      text.line(2, title, "Waiting");
      optional("Reason:", TypedFields.text(state, "waiting", "reason"));
    } else {
      var terminated = state.path("terminated");
      text.line(2, title, "Terminated");
      optional("Reason:", TypedFields.text(terminated, "reason"));
      optional("Message:", TypedFields.text(terminated, "message"));
      text.line(3, "Exit Code:", number(terminated, "exitCode"));
      if (TypedFields.number(terminated, "signal") > 0) {
        text.line(3, "Signal:", number(terminated, "signal"));
      }
      text.line(3, "Started:", time(terminated, "startedAt"));
      text.line(3, "Finished:", time(terminated, "finishedAt"));
    }
  }

  private void optional(String title, String value) throws IOException {
    if (!value.isEmpty()) {
      text.line(3, title, value);
    }
  }

  private void probe(String title, JsonNode probe) throws IOException {
    if (probe.isObject()) {
      text.line(2, title, ProbeText.of(probe));
    }
  }

  private void mounts(JsonNode container) throws IOException {
    var mounts = TypedFields.sortedBy(TypedFields.items(container, "volumeMounts"), "mountPath");
    listTitle("Mounts:", mounts.isEmpty());
    for (var mount : mounts) {
      var path = TypedFields.text(mount, "subPath");
      text.line(
          3,
          TypedFields.text(mount, "mountPath")
              + " from "
              + TypedFields.text(mount, "name")
              + (TypedFields.isTrue(mount, "readOnly") ? " (ro" : " (rw")
              + (path.isEmpty() ? ")" : ",path=" + GoText.quote(path) + ")"));
    }
    var devices = TypedFields.sortedBy(TypedFields.items(container, "volumeDevices"), "devicePath");
    if (devices.isEmpty()) {
      return;
    }
    // kubectl checks for mounts, not devices.
    listTitle("Devices:", mounts.isEmpty());
    for (var device : devices) {
      text.line(
          3, TypedFields.text(device, "devicePath") + " from " + TypedFields.text(device, "name"));
    }
  }

  private void listTitle(String title, boolean none) throws IOException {
    if (none) {
      text.line(2, title, "<none>");
    } else {
      text.line(2, title);
    }
  }

  private static String number(JsonNode node, String field) {
    return String.valueOf(TypedFields.number(node, field));
  }

  private String time(JsonNode node, String... path) {
    return viewpoint.time(Times.of(TypedFields.at(node, path)));
  }
}
