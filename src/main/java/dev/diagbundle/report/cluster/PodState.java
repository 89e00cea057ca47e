package dev.diagbundle.report.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;

/// The state of a pod in the words of `kubectl get pods`, with its cause.
///
/// @param word the state, for example `CrashLoopBackOff` or `Init:Error`
/// @param container the container that determines the word; empty if none does
/// @param initContainer true if that container is an init container
/// @param ready the number of ready containers
/// @param containers the number of all containers
/// @param restarts the number of restarts of all containers
/// @param status the status of the determining container; a missing node if there is none
record PodState(
    String word,
    String container,
    boolean initContainer,
    int ready,
    int containers,
    long restarts,
    JsonNode status) {
  /// The state of a pod, as in the printer of `kubectl get pods` (pkg/printers/internalversion in
  /// Kubernetes).
  static PodState of(JsonNode pod) {
    var status = pod.path("status");
    var word = Fields.text(status, "reason");
    if (word.isEmpty()) {
      word = Fields.text(status, "phase");
    }
    var found = new PodState(word, "", false, 0, containers(pod), 0, Fields.at(pod, "-"));
    var initializing = initializing(pod, found);
    found = initializing.isPresent() ? initializing.get() : running(pod, found);
    var deleted = !Fields.text(pod, "metadata", "deletionTimestamp").isEmpty();
    if (deleted && Fields.text(status, "reason").equals("NodeLost")) {
      found = found.withWord("Unknown");
    } else if (deleted && !isOver(pod)) {
      found = found.withWord("Terminating");
    }
    return found.withCounts(pod);
  }

  static boolean isOver(JsonNode pod) {
    var phase = Fields.text(pod, "status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /// The time at which the determining container last terminated, if it did.
  Optional<Instant> lastEnd() {
    return Fields.time(end(), "finishedAt");
  }

  /// The termination of the determining container: the current one, or the one before its last
  /// restart.
  JsonNode end() {
    var now = Fields.at(status, "state", "terminated");
    return now.isObject() ? now : Fields.at(status, "lastState", "terminated");
  }

  private PodState withWord(String other) {
    return new PodState(other, container, initContainer, ready, containers, restarts, status);
  }

  /// The state of the same pod with another container.
  PodState withContainer(JsonNode each) {
    return decidedBy(each, word, false);
  }

  private PodState withCounts(JsonNode pod) {
    int nowReady = 0;
    long total = 0;
    for (var each : Fields.at(pod, "status", "containerStatuses")) {
      nowReady += Fields.flag(each, "ready") ? 1 : 0;
      total += Fields.number(each, "restartCount");
    }
    var sidecars = sidecars(pod);
    for (var each : Fields.at(pod, "status", "initContainerStatuses")) {
      boolean sidecar = sidecars.contains(Fields.text(each, "name"));
      nowReady += sidecar && Fields.flag(each, "ready") ? 1 : 0;
      total += sidecar || initContainer ? Fields.number(each, "restartCount") : 0;
    }
    return new PodState(word, container, initContainer, nowReady, containers, total, status);
  }

  private PodState decidedBy(JsonNode each, String newWord, boolean init) {
    return new PodState(
        newWord, Fields.text(each, "name"), init, ready, containers, restarts, each);
  }

  private static Optional<PodState> initializing(JsonNode pod, PodState found) {
    var statuses = Fields.at(pod, "status", "initContainerStatuses");
    int total = Fields.at(pod, "spec", "initContainers").size();
    int number = 0;
    for (var each : statuses) {
      var ended = Fields.at(each, "state", "terminated");
      if (ended.isObject() && Fields.number(ended, "exitCode") == 0) {
        number++;
        continue;
      }
      // A sidecar: it keeps running while the others run.
      if (Fields.flag(each, "started")) {
        number++;
        continue;
      }
      var waiting = Fields.text(each, "state", "waiting", "reason");
      if (ended.isObject()) {
        return Optional.of(found.decidedBy(each, "Init:" + endWord(ended), true));
      }
      if (!waiting.isEmpty() && !waiting.equals("PodInitializing")) {
        return Optional.of(found.decidedBy(each, "Init:" + waiting, true));
      }
      return Optional.of(found.decidedBy(each, "Init:" + number + "/" + total, true));
    }
    return Optional.empty();
  }

  private static PodState running(JsonNode pod, PodState found) {
    var state = found;
    boolean anyRunning = false;
    var statuses = Fields.at(pod, "status", "containerStatuses");
    for (int i = statuses.size() - 1; i >= 0; i--) {
      var each = statuses.get(i);
      var waiting = Fields.text(each, "state", "waiting", "reason");
      var ended = Fields.at(each, "state", "terminated");
      if (!waiting.isEmpty()) {
        state = state.decidedBy(each, waiting, false);
      } else if (ended.isObject()) {
        state = state.decidedBy(each, endWord(ended), false);
      } else if (Fields.flag(each, "ready")) {
        anyRunning = true;
      } else if (state.container.isEmpty()) {
        state = state.decidedBy(each, state.word, false);
      }
    }
    return state.word.equals("Completed") && anyRunning ? state.withWord("NotReady") : state;
  }

  private static String endWord(JsonNode ended) {
    var reason = Fields.text(ended, "reason");
    if (!reason.isEmpty()) {
      return reason;
    }
    long signal = Fields.number(ended, "signal");
    return signal != 0 ? "Signal:" + signal : "ExitCode:" + Fields.number(ended, "exitCode");
  }

  /// The names of the init containers that keep running while the others run.
  private static Set<String> sidecars(JsonNode pod) {
    var names = new HashSet<String>();
    for (var each : Fields.at(pod, "spec", "initContainers")) {
      if (Fields.text(each, "restartPolicy").equals("Always")) {
        names.add(Fields.text(each, "name"));
      }
    }
    return names;
  }

  private static int containers(JsonNode pod) {
    return Fields.at(pod, "spec", "containers").size() + sidecars(pod).size();
  }
}
