package dev.diagbundle.report.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;

/// The facts about a node that the page shows.
///
/// @param ready the status of its condition Ready: `True`, `False`, `Unknown`; empty if it has none
/// @param readyReason the reason why it is not ready, by its condition
/// @param since the time at which that condition last changed
/// @param conditions the types of the other true conditions, for example `MemoryPressure`
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
    var info = Fields.at(node, "status", "nodeInfo");
    var capacity = Fields.at(node, "status", "capacity");
    var conditions = new ArrayList<String>();
    var ready = "";
    var reason = "";
    var message = "";
    Optional<Instant> since = Optional.empty();
    for (var condition : Fields.at(node, "status", "conditions")) {
      var status = Fields.text(condition, "status");
      if (Fields.text(condition, "type").equals("Ready")) {
        ready = status;
        reason = Fields.text(condition, "reason");
        message = Fields.text(condition, "message");
        since = Fields.time(condition, "lastTransitionTime");
      } else if (status.equals("True")) {
        conditions.add(Fields.text(condition, "type"));
      }
    }
    if (Fields.flag(node, "spec", "unschedulable")) {
      conditions.add("SchedulingDisabled");
    }
    return new NodeFacts(
        Fields.text(node, "metadata", "name"),
        ready,
        reason,
        message,
        since,
        List.copyOf(conditions),
        taints(node),
        Fields.text(info, "operatingSystem"),
        Fields.text(info, "osImage"),
        Fields.text(info, "kubeletVersion"),
        address(node),
        Fields.text(capacity, "pods"),
        Fields.text(capacity, "cpu"),
        memory(Fields.text(capacity, "memory")),
        Fields.text(info, "kernelVersion"),
        Fields.text(info, "containerRuntimeVersion").replace("://", " "));
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

  /// Returns whether the node is reported as not ready, or its status is unknown.
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
    for (var taint : Fields.at(node, "spec", "taints")) {
      var value = Fields.text(taint, "value");
      if (taints.size() < MAX_TAINTS) {
        taints.add(
            Fields.text(taint, "key")
                + (value.isEmpty() ? "" : "=" + value)
                + ":"
                + Fields.text(taint, "effect"));
      }
    }
    return List.copyOf(taints);
  }

  private static String address(JsonNode node) {
    for (var address : Fields.at(node, "status", "addresses")) {
      if (Fields.text(address, "type").equals("InternalIP")) {
        return Fields.text(address, "address");
      }
    }
    return "";
  }

  /// The memory in words; Kubernetes states it in KiB.
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
