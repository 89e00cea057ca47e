package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.ContainerFact;
import dev.diagbundle.analyze.facts.ContainerTermination;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ContainerEvidence;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;

/// OOM-killed containers. The exit code 137 alone is no evidence.
final class PodOomKilled extends Rule {
  PodOomKilled() {
    super(
        "pod-oom-killed",
        Layer.WORKLOAD,
        "Increase the limit or fix the memory leak; configure the runtime's heap to fit within"
            + " the limit.",
        KUBERNETES + "tasks/configure-pod-container/assign-memory-resource/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var span = interests.thresholds().oomKilledWithin();
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
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

  private static Optional<ContainerTermination> killed(
      Facts facts, PodFact pod, ContainerFact container, Duration span) {
    return container
        .ended()
        .filter(end -> isKill(facts, pod, end, span))
        .or(() -> container.last().filter(end -> isKill(facts, pod, end, span)));
  }

  private static boolean isKill(Facts facts, PodFact pod, ContainerTermination end, Duration span) {
    return end.reason().equals("OOMKilled") && end.isWithin(span, facts.readAt(pod));
  }

  private static Hit hit(
      Facts facts, PodFact pod, ContainerFact container, ContainerTermination end) {
    var limit = container.memoryLimit().isEmpty() ? "no limit" : "limit " + container.memoryLimit();
    return Hit.of(
            facts.severity(pod),
            container.name(),
            pod,
            facts,
            ContainerEvidence.state(pod, container))
        .and(ContainerEvidence.log(facts, pod, container))
        .seen(end.finished(), end.finished())
        .detail(
            "container "
                + container.name()
                + " was OOM-killed ("
                + limit
                + "), "
                + RuleText.count(container.restarts(), "restart"));
  }
}
