package dev.diagbundle.report.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.report.input.JsonFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the page keeps of a node object.
///
/// @param ready the status of its condition Ready: `True`, `False`, `Unknown`; empty if it has none
/// @param readyReason why it is not ready, by its condition
/// @param since when that condition last changed
/// @param conditions types of the other conditions that hold, for example `MemoryPressure`
public record NodeFacts(
    String name,
    String ready,
    String readyReason,
    String readyMessage,
    Optional<Instant> since,
    List<String> conditions,
    List<String> taints,
    String os,
    String osImage,
    String version,
    String address,
    String pods,
    String cpu,
    String memory,
    String kernel,
    String runtime) {
  private static final int MAX_TAINTS = 5;

  static NodeFacts of(JsonNode node) {
    var info = JsonFields.at(node, "status", "nodeInfo");
    var capacity = JsonFields.at(node, "status", "capacity");
    var conditions = new ArrayList<String>();
    var ready = "";
    var reason = "";
    var message = "";
    Optional<Instant> since = Optional.empty();
    for (var condition : JsonFields.at(node, "status", "conditions")) {
      var status = JsonFields.text(condition, "status");
      if (JsonFields.text(condition, "type").equals("Ready")) {
        ready = status;
        reason = JsonFields.text(condition, "reason");
        message = JsonFields.text(condition, "message");
        since = JsonFields.time(condition, "lastTransitionTime");
      } else if (status.equals("True")) {
        conditions.add(JsonFields.text(condition, "type"));
      }
    }
    if (JsonFields.flag(node, "spec", "unschedulable")) {
      conditions.add("SchedulingDisabled");
    }
    return new NodeFacts(
        JsonFields.text(node, "metadata", "name"),
        ready,
        reason,
        message,
        since,
        List.copyOf(conditions),
        taints(node),
        JsonFields.text(info, "operatingSystem"),
        JsonFields.text(info, "osImage"),
        JsonFields.text(info, "kubeletVersion"),
        address(node),
        JsonFields.text(capacity, "pods"),
        JsonFields.text(capacity, "cpu"),
        memory(JsonFields.text(capacity, "memory")),
        JsonFields.text(info, "kernelVersion"),
        JsonFields.text(info, "containerRuntimeVersion").replace("://", " "));
  }

  /// A node of which only the name is known.
  static NodeFacts unlisted(String name) {
    return new NodeFacts(
        name,
        "",
        "",
        "",
        Optional.empty(),
        List.of(),
        List.of(),
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "");
  }

  public boolean isReady() {
    return ready.equals("True");
  }

  /// Whether the node said, or its silence says, that it is not ready.
  public boolean isNotReady() {
    return !ready.isEmpty() && !isReady();
  }

  String state() {
    if (isReady()) {
      return "Ready";
    }
    return ready.isEmpty() ? "State unknown" : "NotReady";
  }

  private static List<String> taints(JsonNode node) {
    var taints = new ArrayList<String>();
    for (var taint : JsonFields.at(node, "spec", "taints")) {
      var value = JsonFields.text(taint, "value");
      if (taints.size() < MAX_TAINTS) {
        taints.add(
            JsonFields.text(taint, "key")
                + (value.isEmpty() ? "" : "=" + value)
                + ":"
                + JsonFields.text(taint, "effect"));
      }
    }
    return List.copyOf(taints);
  }

  private static String address(JsonNode node) {
    for (var address : JsonFields.at(node, "status", "addresses")) {
      if (JsonFields.text(address, "type").equals("InternalIP")) {
        return JsonFields.text(address, "address");
      }
    }
    return "";
  }

  /// Kubernetes gives it in KiB.
  private static String memory(String quantity) {
    if (!quantity.endsWith("Ki")) {
      return quantity;
    }
    try {
      long kibibytes = Long.parseLong(quantity.substring(0, quantity.length() - 2));
      return dev.diagbundle.model.ByteSize.format(Math.multiplyExact(kibibytes, 1_024L));
    } catch (ArithmeticException | NumberFormatException e) {
      return quantity;
    }
  }
}
