package dev.diagbundle.analyze.facts;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.Interner;

/// The facts about a container that rules need.
///
/// @param startedFlag true if its start-up probe has passed
/// @param waiting the reason why it waits; empty if it does not
/// @param waitingMessage the kubelet's message for that reason
/// @param runningSince the start of its current run, if it is running
/// @param ended its termination, if it is not running now
/// @param last its previous termination
/// @param memoryLimit its memory limit as written in the pod; empty if it has none
public record ContainerFact(
    String name,
    Role role,
    String image,
    boolean ready,
    boolean startedFlag,
    long restarts,
    String waiting,
    String waitingMessage,
    Optional<Instant> runningSince,
    Optional<ContainerTermination> ended,
    Optional<ContainerTermination> last,
    String memoryLimit) {
  /// The role of a container in its pod.
  public enum Role {
    /// One that must end before the others start.
    INIT,
    /// An init container that keeps running while the others run.
    SIDECAR,
    /// A main container of the pod.
    MAIN,
    /// A container that was added to debug the pod.
    EPHEMERAL
  }

  static ContainerFact of(JsonNode status, JsonNode spec, Role role, Interner pool) {
    var state = status.path("state");
    return new ContainerFact(
        pool.shared(Fields.text(status.isObject() ? status : spec, "name")),
        role,
        pool.shared(Fields.text(spec.isObject() ? spec : status, "image")),
        Fields.flag(status, "ready"),
        Fields.flag(status, "started"),
        Fields.number(status, "restartCount"),
        pool.shared(Fields.text(state, "waiting", "reason")),
        pool.shared(Fields.text(state, "waiting", "message")),
        Fields.time(state, "running", "startedAt"),
        ContainerTermination.of(state.path("terminated"), pool),
        ContainerTermination.of(Fields.at(status, "lastState", "terminated"), pool),
        pool.shared(Fields.text(spec, "resources", "limits", "memory")));
  }

  /// Its latest termination, current or previous.
  public Optional<ContainerTermination> latestEnd() {
    return ended.or(() -> last);
  }

  /// Returns whether it is meant to run permanently, so that rules for main containers apply.
  public boolean isLasting() {
    return role == Role.MAIN || role == Role.SIDECAR;
  }
}
