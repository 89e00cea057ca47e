package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.ContainerFact;
import dev.diagbundle.analyze.Ended;
import dev.diagbundle.analyze.Facts;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Input;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.PodFact;
import dev.diagbundle.analyze.Words;
import java.time.Duration;
import java.util.Optional;

/// Containers that were killed because they used more memory than they may. The exit code 137 alone
/// says nothing of memory.
final class PodOomKilled implements Analyzer {
  private static final Check CHECK =
      new Check(
          "pod-oom-killed",
          Layer.CONTAINER,
          "Raise the limit or fix the leak; make the heap of the runtime fit into the limit.",
          Check.KUBERNETES + "tasks/configure-pod-container/assign-memory-resource/",
          Input.PODS);

  @Override
  public Check check() {
    return CHECK;
  }

  @Override
  public Study begin(Interests interests) {
    var span = interests.thresholds().oomKilledWithin();
    return (facts, conclusion) -> {
      var groups = Groups.byOwner();
      for (PodFact pod : facts.pods()) {
        for (ContainerFact container : pod.containers()) {
          var end = killed(facts, pod, container, span);
          if (end.isPresent() && conclusion.claim(pod, container)) {
            groups.add(hit(facts, pod, container, end.get()));
          }
        }
      }
      conclusion.found(
          groups, group -> group.who() + ": " + group.detail() + " (" + group.counted("pod") + ")");
    };
  }

  private static Optional<Ended> killed(
      Facts facts, PodFact pod, ContainerFact container, Duration span) {
    return container
        .ended()
        .filter(end -> isKill(facts, pod, end, span))
        .or(() -> container.last().filter(end -> isKill(facts, pod, end, span)));
  }

  private static boolean isKill(Facts facts, PodFact pod, Ended end, Duration span) {
    return end.reason().equals("OOMKilled") && end.isWithin(span, facts.readAt(pod));
  }

  private static Hit hit(Facts facts, PodFact pod, ContainerFact container, Ended end) {
    var limit = container.memoryLimit().isEmpty() ? "no limit" : "limit " + container.memoryLimit();
    return Hit.of(
            facts.severity(pod),
            container.name(),
            pod,
            facts,
            ContainerPlaces.state(pod, container))
        .and(ContainerPlaces.log(facts, pod, container))
        .seen(end.finished(), end.finished())
        .detail(
            "container "
                + container.name()
                + " was killed for its use of memory ("
                + limit
                + "), "
                + Words.count(container.restarts(), "restart"));
  }
}
