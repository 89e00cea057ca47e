package dev.diagbundle.collect.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.TimeWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether a pod needs attention, and since when: it is not ready though it should be, has failed,
/// does not get away, or was restarted inside the window.
final class PodHealth {
  /// How long a deletion may be overdue before it counts as stuck. The stamp in a pod is when it
  /// should be gone, its grace period included.
  private static final Duration DELETION = Duration.ofMinutes(2);

  private static final List<String> STATUSES =
      List.of("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses");

  private final TimeWindow window;
  private Instant newest;
  private boolean found;

  private PodHealth(JsonNode pod, TimeWindow window) {
    this.window = window;
    this.newest = time(pod.path("metadata").path("creationTimestamp")).orElse(Instant.MIN);
  }

  /// When the pod last showed that it needs attention; empty if it needs none. A pod that has done
  /// its work needs none.
  static Optional<Instant> of(JsonNode pod, TimeWindow window) {
    var status = pod.path("status");
    var phase = status.path("phase").asText("");
    if (phase.equals("Succeeded")) {
      return Optional.empty();
    }
    var deleted = time(pod.path("metadata").path("deletionTimestamp"));
    var trouble = new PodHealth(pod, window);
    if (deleted.isPresent()) {
      return deleted.get().plus(DELETION).isAfter(window.to()) ? Optional.empty() : deleted;
    }
    trouble.found = !phase.equals("Running");
    for (String list : STATUSES) {
      status.path(list).forEach(container -> trouble.look(container, !list.startsWith("e")));
    }
    trouble.look(status.path("conditions"));
    return trouble.found ? Optional.of(trouble.newest) : Optional.empty();
  }

  private void look(JsonNode conditions) {
    boolean ready = false;
    for (JsonNode condition : conditions) {
      if (condition.path("type").asText("").equals("Ready")) {
        ready = condition.path("status").asText("").equals("True");
        if (!ready) {
          seen(time(condition.path("lastTransitionTime")));
        }
      }
    }
    found |= !ready;
  }

  /// @param counts whether the container's failure is the pod's: one that was added to look around
  ///   may end as it likes
  private void look(JsonNode container, boolean counts) {
    if (!counts) {
      return;
    }
    var state = container.path("state");
    var last = time(container.path("lastState").path("terminated").path("finishedAt"));
    if (last.filter(window::contains).isPresent()) {
      found = true;
    }
    seen(last);
    var waits = state.path("waiting").path("reason").asText("");
    if (!List.of("", "ContainerCreating", "PodInitializing").contains(waits)) {
      found = true;
    }
    var end = state.path("terminated");
    if (end.path("exitCode").asInt(0) != 0) {
      found = true;
      seen(time(end.path("finishedAt")));
    }
    var began = time(state.path("running").path("startedAt"));
    if (container.path("restartCount").asInt(0) > 0 && began.filter(window::contains).isPresent()) {
      found = true;
      seen(began);
    }
  }

  private void seen(Optional<Instant> time) {
    if (time.isPresent() && time.get().isAfter(newest)) {
      newest = time.get();
    }
  }

  /// The stamp; empty if it is none.
  static Optional<Instant> time(JsonNode stamp) {
    try {
      return stamp.isTextual() ? Optional.of(Instant.parse(stamp.textValue())) : Optional.empty();
    } catch (DateTimeException e) {
      // A broken stamp says nothing.
      return Optional.empty();
    }
  }
}
