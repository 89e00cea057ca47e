package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The containers of one kind in the description of their pod.
///
/// @param indent of the title; empty for a pod, two blanks for a template
record ContainerLines(TabbedText text, JsonNode pod, Viewpoint viewpoint, String indent) {

  /// Appends the containers, each with its status below its name.
  ///
  /// @param field of the specification, which holds the containers
  /// @param statusField of the status, which tells how they are
  void render(String title, String field, String statusField) throws IOException {
    var statuses = new HashMap<String, JsonNode>();
    for (var status : JsonFields.items(pod, "status", statusField)) {
      statuses.put(JsonFields.text(status, "name"), status);
    }
    var containers = JsonFields.items(pod, "spec", field);
    text.line(0, indent + (containers.isEmpty() ? title + " <none>" : title));
    var nameIndent = indent.isEmpty() ? "" : " ";
    for (var container : containers) {
      var status = statuses.get(JsonFields.text(container, "name"));
      text.line(1, nameIndent + JsonFields.text(container, "name") + ":");
      if (status == null) {
        text.line(2, "Image:", JsonFields.text(container, "image"));
      } else {
        text.line(2, "Container ID:", JsonFields.text(status, "containerID"));
        text.line(2, "Image:", JsonFields.text(container, "image"));
        text.line(2, "Image ID:", JsonFields.text(status, "imageID"));
      }
      ports(container);
      seccomp(text, 2, 3, container.path("securityContext"));
      words("Command:", JsonFields.texts(container, "command"));
      words("Args:", JsonFields.texts(container, "args"));
      if (status != null) {
        state("State:", status.path("state"));
        if (JsonFields.has(status, "lastState", "terminated")) {
          state("Last State:", status.path("lastState"));
        }
        text.line(2, "Ready:", JsonFields.isTrue(status, "ready") ? "True" : "False");
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
      var amounts = JsonFields.sorted(resources, kind);
      if (!amounts.isEmpty()) {
        text.line(level, kind.equals("limits") ? "Limits:" : "Requests:");
      }
      for (var amount : amounts.entrySet()) {
        var value = Quantity.canonical(JsonFields.text(amount.getValue()));
        text.line(level + 1, amount.getKey() + ":", value);
      }
    }
  }

  static void seccomp(TabbedText text, int level, int innerLevel, JsonNode securityContext)
      throws IOException {
    if (!JsonFields.has(securityContext, "seccompProfile")) {
      return;
    }
    var profile = securityContext.path("seccompProfile");
    var type = JsonFields.text(profile, "type");
    text.line(level, "SeccompProfile:", type);
    if (type.equals("Localhost")) {
      text.line(innerLevel, "LocalhostProfile:", JsonFields.text(profile, "localhostProfile"));
    }
  }

  private void ports(JsonNode container) throws IOException {
    var ports = new ArrayList<String>();
    var hostPorts = new ArrayList<String>();
    for (var port : JsonFields.items(container, "ports")) {
      var name = JsonFields.text(port, "name");
      var end = "/" + JsonFields.text(port, "protocol") + (name.isEmpty() ? "" : " (" + name + ")");
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
    if (JsonFields.has(state, "running")) {
      text.line(2, title, "Running");
      text.line(3, "Started:", time(state, "running", "startedAt"));
    } else if (JsonFields.has(state, "waiting") || !JsonFields.has(state, "terminated")) {
      text.line(2, title, "Waiting");
      optional("Reason:", JsonFields.text(state, "waiting", "reason"));
    } else {
      var terminated = state.path("terminated");
      text.line(2, title, "Terminated");
      optional("Reason:", JsonFields.text(terminated, "reason"));
      optional("Message:", JsonFields.text(terminated, "message"));
      text.line(3, "Exit Code:", number(terminated, "exitCode"));
      if (JsonFields.number(terminated, "signal") > 0) {
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
    var mounts = JsonFields.sortedBy(JsonFields.items(container, "volumeMounts"), "mountPath");
    listTitle("Mounts:", mounts.isEmpty());
    for (var mount : mounts) {
      var path = JsonFields.text(mount, "subPath");
      text.line(
          3,
          JsonFields.text(mount, "mountPath")
              + " from "
              + JsonFields.text(mount, "name")
              + (JsonFields.isTrue(mount, "readOnly") ? " (ro" : " (rw")
              + (path.isEmpty() ? ")" : ",path=" + GoText.quote(path) + ")"));
    }
    var devices = JsonFields.sortedBy(JsonFields.items(container, "volumeDevices"), "devicePath");
    if (devices.isEmpty()) {
      return;
    }
    // kubectl asks whether there are mounts, not devices.
    listTitle("Devices:", mounts.isEmpty());
    for (var device : devices) {
      text.line(
          3, JsonFields.text(device, "devicePath") + " from " + JsonFields.text(device, "name"));
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
    return String.valueOf(JsonFields.number(node, field));
  }

  private String time(JsonNode node, String... path) {
    return viewpoint.time(Times.of(JsonFields.at(node, path)));
  }
}
