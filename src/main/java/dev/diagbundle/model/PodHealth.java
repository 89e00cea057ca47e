package dev.diagbundle.model;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// The health of a pod, by its status in the API. The pods that are described, those whose logs are
/// kept first and those that the report lists are the same.
///
/// @param since time at which the pod last showed it, otherwise its creation time
public record PodHealth(State state, Instant since) {
  /// The health state of a pod.
  public enum State {
    /// It is ready, has done its work, or is being deleted in time.
    HEALTHY,
    /// It is ready after a restart of a container inside the window.
    RESTARTED,
    /// It is not ready though it should be, has failed, or is overdue in its deletion.
    NOT_READY
  }

  /// The time that a deletion may be overdue before it counts as stuck. The time in a pod is its
  /// deletion deadline, including its grace period.
  private static final Duration DELETION = Duration.ofMinutes(2);

  private static final Set<String> USUAL_WAITS = Set.of("", "ContainerCreating", "PodInitializing");

  /// Ephemeral containers are added for debugging, and their exit status does not matter.
  private static final List<String> STATUSES =
      List.of("containerStatuses", "initContainerStatuses");

  public static PodHealth of(JsonNode pod, TimeWindow window) {
    var metadata = pod.path("metadata");
    var status = pod.path("status");
    var since = time(metadata.path("creationTimestamp")).orElse(Instant.MIN);
    var deleted = time(metadata.path("deletionTimestamp"));
    if (status.path("phase").asText("").equals("Succeeded")) {
      return new PodHealth(State.HEALTHY, since);
    }
    if (deleted.isPresent()) {
      boolean overdue = !deleted.get().plus(DELETION).isAfter(window.to());
      return new PodHealth(overdue ? State.NOT_READY : State.HEALTHY, deleted.get());
    }
    boolean ready = status.path("phase").asText("").equals("Running");
    boolean restarted = false;
    for (JsonNode container : containers(pod)) {
      ready &= !hasFailed(container);
      restarted |= isRestarted(container, window);
      since = latest(since, time(container.at("/lastState/terminated/finishedAt")));
      since = latest(since, time(container.at("/state/terminated/finishedAt")));
      if (container.path("restartCount").asInt(0) > 0) {
        since = latest(since, time(container.at("/state/running/startedAt")));
      }
    }
    boolean isReady = false;
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText("").equals("Ready")) {
        isReady = condition.path("status").asText("").equals("True");
        since = isReady ? since : latest(since, time(condition.path("lastTransitionTime")));
      }
    }
    var state = restarted ? State.RESTARTED : State.HEALTHY;
    return new PodHealth(ready && isReady ? state : State.NOT_READY, since);
  }

  public boolean needsAttention() {
    return state != State.HEALTHY;
  }

  /// The container that was restarted inside the window; empty if none was.
  public static Optional<JsonNode> restarted(JsonNode pod, TimeWindow window) {
    return containers(pod).stream().filter(each -> isRestarted(each, window)).findFirst();
  }

  /// Returns whether a container cannot start or has ended with a failure.
  ///
  /// @param container its status
  public static boolean hasFailed(JsonNode container) {
    return !USUAL_WAITS.contains(container.at("/state/waiting/reason").asText(""))
        || container.at("/state/terminated/exitCode").asInt(0) != 0;
  }

  /// The time of an API timestamp; empty if it is not one.
  public static Optional<Instant> time(JsonNode stamp) {
    return Fields.instant(stamp.isTextual() ? stamp.textValue() : "");
  }

  private static boolean isRestarted(JsonNode container, TimeWindow window) {
    return time(container.at("/lastState/terminated/finishedAt"))
            .filter(window::contains)
            .isPresent()
        || (container.path("restartCount").asInt(0) > 0
            && time(container.at("/state/running/startedAt")).filter(window::contains).isPresent());
  }

  private static List<JsonNode> containers(JsonNode pod) {
    return STATUSES.stream().flatMap(list -> pod.path("status").path(list).valueStream()).toList();
  }

  private static Instant latest(Instant one, Optional<Instant> other) {
    return other.filter(one::isBefore).orElse(one);
  }
}
