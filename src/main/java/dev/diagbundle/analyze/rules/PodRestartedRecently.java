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
import dev.diagbundle.findings.Severity;

/// Containers that restarted within a day, or the configured time, and are running again.
final class PodRestartedRecently extends Rule {
  private static final int MANY = 3;

  PodRestartedRecently() {
    super(
        "pod-restarted-recently",
        Layer.WORKLOAD,
        "None if a node event explains the restart; otherwise read the previous log.",
        KUBERNETES + "concepts/workloads/pods/pod-lifecycle/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var span = interests.thresholds().restartedWithin();
    return (facts, conclusion) -> {
      var together = together(facts, span);
      var groups = HitGroups.byCause();
      for (PodFact pod : facts.pods()) {
        for (ContainerFact container : pod.containers()) {
          var end = container.last().filter(each -> isRecent(facts, pod, container, each, span));
          if (end.isEmpty() || !conclusion.claim(pod, container)) {
            continue;
          }
          var at = end.get().finished().orElseThrow();
          var key = key(pod, at);
          boolean mass = together.getOrDefault(key, Set.of()).size() >= MANY;
          var how = how(end.get());
          groups.add(
              Hit.of(
                      mass ? Severity.WARNING : Severity.INFO,
                      mass ? key : facts.root(pod) + " " + how,
                      pod,
                      facts,
                      ContainerEvidence.state(pod, container))
                  .times(container.restarts())
                  .seen(end.get().finished(), end.get().finished())
                  .detail(
                      mass
                          ? "restarted within a minute on node "
                              + pod.node()
                              + ", at "
                              + RuleText.time(at)
                          : "restarted (" + how + "), now running"));
        }
      }
      conclusion.found(
          groups,
          group ->
              (group.count() == 1 ? group.who() : group.counted("pod")) + ": " + group.detail());
    };
  }

  private static boolean isRecent(
      Facts facts, PodFact pod, ContainerFact container, ContainerTermination end, Duration span) {
    return container.ready() && container.restarts() >= 1 && end.isWithin(span, facts.readAt(pod));
  }

  /// The pods by the node and minute in which one of their containers terminated.
  private static Map<String, Set<String>> together(Facts facts, Duration span) {
    var together = new HashMap<String, Set<String>>();
    for (PodFact pod : facts.pods()) {
      for (ContainerFact container : pod.containers()) {
        container
            .last()
            .filter(end -> isRecent(facts, pod, container, end, span))
            .flatMap(ContainerTermination::finished)
            .ifPresent(at ->
                together
                    .computeIfAbsent(key(pod, at), _ -> new HashSet<>())
                    .add(pod.name().path()));
      }
    }
    return together;
  }

  private static String key(PodFact pod, Instant at) {
    return pod.node() + " " + at.truncatedTo(ChronoUnit.MINUTES);
  }

  private static String how(ContainerTermination end) {
    if (end.exitCode() == 143) {
      return "exit code 143, SIGTERM";
    }
    return end.exitCode() == 137 ? "exit code 137, SIGKILL" : "exit code " + end.exitCode();
  }
}
