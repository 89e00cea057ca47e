package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.podlog.ContainerLog;
import dev.diagbundle.collect.inventory.PodSummary;
import dev.diagbundle.collect.inventory.PodSummary.Availability;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.collect.task.Task;
import dev.diagbundle.collect.task.TaskResult;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The pods that have ended and of which no container is left, as far as the API server knows:
/// evicted ones, of which a cluster may keep thousands, and those that never had any. Their logs
/// are requested after all others, as one item for each node, until the node is found not to have
/// one. For one thread while pods are added.
final class GonePods {
  private static final String NAME = "(pods without containers)";

  /// The maximum number of requests for logs that turn out to have no lines.
  private static final int MAX_WITHOUT_LINES = 10;

  /// Those whose status still contains a container come first: they are the most likely to have a
  /// log.
  private static final Comparator<PodSummary> ORDER =
      Comparator.comparing((PodSummary pod) ->
              pod.containers().stream().noneMatch(container -> container.state().isPresent()))
          .thenComparing(Comparator.comparingLong(PodSummary::created).reversed());

  private final Planner planner;
  private final Function<PodSummary, List<Task>> logs;
  private final Map<String, List<PodSummary>> byNode = new LinkedHashMap<>();

  /// @param logs returns the tasks that read the requested logs of a pod
  GonePods(Planner planner, Function<PodSummary, List<Task>> logs) {
    this.planner = planner;
    this.logs = logs;
  }

  void add(PodSummary pod) {
    if (logs.apply(pod).isEmpty()) {
      return;
    }
    byNode.computeIfAbsent(nodeOf(pod), _ -> new ArrayList<>()).add(pod);
  }

  /// The name of the pod's node; empty if that is gone too.
  private String nodeOf(PodSummary pod) {
    boolean isGone =
        planner.inventory().node(pod.node()).isEmpty()
            && planner.lists().isComplete(ResourceType.NODES);
    return isGone ? "" : pod.node();
  }

  /// Plans the items, when all pods are added.
  void plan() {
    byNode.forEach((name, pods) -> {
      pods.sort(ORDER);
      var known = planner.inventory().node(name);
      var node = known.orElse(NodeSummary.NONE);
      var item = name.isEmpty() || known.isPresent() ? NAME : NAME + " of " + name;
      planner
          .tasks()
          .atNode(node, ItemKind.POD_LOGS, item, Load.LIGHT, scope -> collect(pods, scope));
    });
  }

  private Outcome collect(List<PodSummary> pods, TaskScope scope)
      throws IOException, InterruptedException {
    boolean collected = false;
    var worst = ContainerLog.NO_LINES;
    int withoutLines = 0;
    for (int i = 0; i < pods.size(); i++) {
      for (Task log : logs.apply(pods.get(i))) {
        var outcome = read(log, scope);
        if (outcome.isAnswer() && !(outcome instanceof Outcome.Skipped)) {
          worst = worst instanceof Outcome.Partial ? worst : outcome;
          collected = true;
          continue;
        }
        withoutLines += outcome.equals(ContainerLog.NO_LINES) ? 1 : MAX_WITHOUT_LINES;
        if (withoutLines >= MAX_WITHOUT_LINES) {
          return ended(pods, i, collected, outcome);
        }
      }
    }
    return worst;
  }

  private static Outcome read(Task log, TaskScope scope) throws IOException, InterruptedException {
    try {
      return log.run(scope);
    } catch (RequestFailedException e) {
      return TaskResult.of(e).outcome();
    }
  }

  /// @param last index of the last pod whose log was requested
  private static Outcome ended(
      List<PodSummary> pods, int last, boolean collected, Outcome outcome) {
    var pod = pods.get(last);
    var others = pods.subList(last + 1, pods.size());
    var words =
        why(pods)
            + ": "
            + pod.namespace()
            + "/"
            + pod.name()
            + ": "
            + outcome.words()
            + (others.isEmpty()
                ? ""
                : "; logs of %,d other such pods of this node were not requested"
                    .formatted(others.size()));
    if (collected) {
      return new Outcome.Partial(outcome.why().orElse(Reason.NOT_FOUND), words);
    }
    return outcome.withWords(words);
  }

  private static String why(List<PodSummary> pods) {
    long evicted = pods.stream().filter(pod -> pod.availability() == Availability.EVICTED).count();
    if (evicted == pods.size()) {
      return "evicted";
    }
    return evicted == 0
        ? "finished, no container left"
        : "%,d evicted, %,d finished, no container left".formatted(evicted, pods.size() - evicted);
  }
}
