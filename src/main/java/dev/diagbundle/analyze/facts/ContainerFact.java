package dev.diagbundle.analyze.facts;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.Interner;

/// What the rules need to know of a container.
///
/// @param startedFlag whether its start-up probe has passed
/// @param waiting why it waits; empty if it does not
/// @param waitingMessage the kubelet's words for that
/// @param runningSince since when it runs, if it does
/// @param ended how it ended, if it is not running now
/// @param last how it ended the time before
/// @param memoryLimit as written in the pod; empty if it has none
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
  /// What a container is for.
  public enum Role {
    /// One that must end before the others start.
    INIT,
    /// An init container that goes on beside the others.
    SIDECAR,
    /// One of those that the pod is for.
    MAIN,
    /// One that somebody added to look into the pod.
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

  /// How it ended, now or the time before.
  public Optional<ContainerTermination> latestEnd() {
    return ended.or(() -> last);
  }

  /// Whether it is one that runs for good, so that rules for main containers hold.
  public boolean isLasting() {
    return role == Role.MAIN || role == Role.SIDECAR;
  }
}
