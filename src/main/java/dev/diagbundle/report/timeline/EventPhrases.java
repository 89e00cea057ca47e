package dev.diagbundle.report.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;
import java.util.Optional;

/// Phrases for events that matter in the timeline; most events have none.
final class EventPhrases {
  static final String NOT_READY = "%s becomes NotReady";
  static final String READY = "%s becomes Ready";

  private EventPhrases() {}

  /// @param node the node where it happened; empty if that is no node
  /// @return a phrase with `%s` for the node's name
  static Optional<String> of(JsonNode event, JsonNode object, String node) {
    var on = node.isEmpty() ? "" : " on %s";
    var message = Fields.text(event, event.has("note") ? "note" : "message");
    boolean ofNode = Fields.text(object, "kind").equals("Node") && !node.isEmpty();
    return switch (Fields.text(event, "reason")) {
      case "NodeNotReady" -> ofNode ? Optional.of(NOT_READY) : Optional.empty();
      case "Rebooted" -> ofNode ? Optional.of("%s rebooted") : Optional.empty();
      case "Starting" ->
          ofNode && message.contains("kubelet")
              ? Optional.of("kubelet on %s starts")
              : Optional.empty();
      case "NodeHasDiskPressure", "EvictionThresholdMet" ->
          ofNode ? Optional.of("%s runs low on a resource") : Optional.empty();
      case "SystemOOM", "OOMKilling" -> Optional.of("Out of memory" + on);
      case "Evicted" -> Optional.of("First pod evicted" + on);
      case "FailedCreatePodSandBox" -> Optional.of("First pod sandbox fails" + on);
      case "FailedMount", "FailedAttachVolume" -> Optional.of("First volume mount fails" + on);
      case "FailedScheduling" -> Optional.of("First pod unschedulable");
      case "Killing" ->
          message.contains("liveness")
              ? Optional.of("First container restarted by its liveness probe" + on)
              : Optional.empty();
      case "Failed" ->
          message.startsWith("Failed to pull image")
              ? Optional.of("First image pull fails" + on)
              : Optional.empty();
      default -> Optional.empty();
    };
  }
}
