package dev.diagbundle.report.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.PodHealth;
import dev.diagbundle.model.TimeWindow;

/// A pod that needs attention, in the words of the report.
///
/// @param notReady false if it only restarted
/// @param owner the kind and name of its controller; empty if it has none
/// @param detail the cause of the state, in few words
/// @param over true if the pod has terminated and failed
/// @param message the last output of the container, or the reason why the pod does not start
/// @param lastWords true if `message` is the last output
/// @param container the container whose log has details; empty if there is none
/// @param started true if that container ever ran, so that it can have a log
public record UnhealthyPod(
    String namespace,
    String name,
    String owner,
    boolean notReady,
    String state,
    String detail,
    boolean over,
    String message,
    boolean lastWords,
    String container,
    boolean started,
    String ready,
    long restarts,
    String node,
    Optional<Instant> since) {
  private static final String MARKED = "marked not ready by the node controller";

  static Optional<UnhealthyPod> of(JsonNode pod, TimeWindow window) {
    var health = PodHealth.of(pod, window);
    var state = PodState.of(pod);
    return switch (health.state()) {
      case HEALTHY -> Optional.empty();
      case RESTARTED -> {
        var restarted = state.withContainer(PodHealth.restarted(pod, window).orElseThrow());
        var since = restarted.lastEnd().filter(window::contains).orElse(health.since());
        yield Optional.of(trouble(pod, restarted, false, Optional.of(since)));
      }
      case NOT_READY -> {
        var changed = Fields.time(condition(pod, "Ready"), "lastTransitionTime");
        var since = state.lastEnd().or(() -> changed);
        var begun = since.or(() -> Fields.time(pod, "metadata", "creationTimestamp"));
        yield Optional.of(trouble(pod, state, true, begun));
      }
    };
  }

  /// Returns whether the only known problem of the pod is that its node does not respond: then the
  /// node is to be examined.
  public boolean followsItsNode() {
    return detail.equals(MARKED);
  }

  private static UnhealthyPod trouble(
      JsonNode pod, PodState state, boolean notReady, Optional<Instant> since) {
    var waiting = Fields.text(state.status(), "state", "waiting", "message");
    var left = Fields.text(state.end(), "message").strip();
    var unscheduled = condition(pod, "PodScheduled");
    var message = left.isEmpty() ? waiting : left;
    if (message.isEmpty()) {
      message = Fields.text(pod, "status", "message");
    }
    if (message.isEmpty() && Fields.text(unscheduled, "status").equals("False")) {
      message = Fields.text(unscheduled, "message");
    }
    return new UnhealthyPod(
        Fields.text(pod, "metadata", "namespace"),
        Fields.text(pod, "metadata", "name"),
        owner(pod),
        notReady,
        state.word(),
        detail(state, unscheduled, notReady),
        PodState.isOver(pod),
        message,
        !left.isEmpty(),
        state.container(),
        state.end().isObject() || Fields.at(state.status(), "state", "running").isObject(),
        state.ready() + "/" + state.containers(),
        state.restarts(),
        Fields.text(pod, "spec", "nodeName"),
        since);
  }

  private static String detail(PodState state, JsonNode unscheduled, boolean notReady) {
    if (Fields.text(unscheduled, "status").equals("False")) {
      return Fields.text(unscheduled, "reason");
    }
    var end = state.end();
    if (end.isObject()) {
      var reason = Fields.text(end, "reason");
      var how = state.container() + " exited with code " + Fields.number(end, "exitCode");
      return (notReady ? "" : "restarted; ")
          + how
          + (reason.isEmpty() || reason.equals("Error") ? "" : " (" + reason + ")");
    }
    if (state.container().isEmpty()) {
      // The node controller does that to the pods of a node that does not respond.
      return notReady && state.word().equals("Running") ? MARKED : "";
    }
    if (!Fields.at(state.status(), "state", "running").isObject()) {
      return state.container();
    }
    return state.container() + (notReady ? " is running but not ready" : " restarted");
  }

  private static String owner(JsonNode pod) {
    for (var reference : Fields.at(pod, "metadata", "ownerReferences")) {
      if (Fields.flag(reference, "controller")) {
        return Fields.text(reference, "kind") + " " + Fields.text(reference, "name");
      }
    }
    return "";
  }

  private static JsonNode condition(JsonNode pod, String type) {
    for (var condition : Fields.at(pod, "status", "conditions")) {
      if (Fields.text(condition, "type").equals(type)) {
        return condition;
      }
    }
    return Fields.at(pod, "-");
  }
}
