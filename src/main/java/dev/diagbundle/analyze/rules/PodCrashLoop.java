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
import dev.diagbundle.analyze.rules.support.NetworkErrors;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;

/// Containers that crash repeatedly.
final class PodCrashLoop extends Rule {
  private static final Duration RECENT = Duration.ofMinutes(10);

  PodCrashLoop() {
    super(
        "pod-crash-loop",
        Layer.WORKLOAD,
        "Read the last log lines and the previous log; fix the dependency or configuration they"
            + " name. Compare with the last working revision (kubectl rollout history).",
        KUBERNETES + "tasks/debug/debug-application/determine-reason-pod-failure/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    int manyRestarts = interests.thresholds().crashLoopRestarts();
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
      for (PodFact pod : facts.pods()) {
        // A Job retries a pod by design; job-failed reports if that did not help.
        if (pod.owner().kind().equals("Job")) {
          continue;
        }
        for (ContainerFact container : pod.containers()) {
          if (container.isLasting()
              && isLooping(pod, container, facts.readAt(pod), manyRestarts)
              && conclusion.claim(pod, container)) {
            groups.add(hit(facts, pod, container));
          }
        }
      }
      conclusion.found(
          groups, group -> group.who() + ": " + group.detail() + " (" + group.counted("pod") + ")");
    };
  }

  /// Returns whether the container loops: between two waits the state is not CrashLoopBackOff but
  /// the termination itself.
  private static boolean isLooping(
      PodFact pod, ContainerFact container, Instant now, int manyRestarts) {
    if (container.waiting().equals("CrashLoopBackOff")) {
      return true;
    }
    var ended = container.ended();
    var last = container.last();
    if (ended.isPresent()) {
      return !pod.settings().restartPolicy().equals("Never")
          && ended.get().exitCode() != 0
          && container.restarts() >= 1
          && last.isPresent()
          && ended.get().isWithin(RECENT, now);
    }
    var since = container.runningSince();
    return since.isPresent()
        && since.get().isAfter(now.minus(RECENT))
        && container.restarts() >= manyRestarts
        && last.isPresent()
        && last.get().isWithin(RECENT, since.get());
  }

  private static Hit hit(Facts facts, PodFact pod, ContainerFact container) {
    var end = container.latestEnd();
    long code = end.map(ContainerTermination::exitCode).orElse(0L);
    var words = ContainerEvidence.lastWords(facts, pod, container);
    var how =
        "container "
            + container.name()
            + (code == 0 ? " exits although it should keep running" : " exits with code " + code)
            + ", "
            + RuleText.count(container.restarts(), "restart")
            + (words.isEmpty()
                ? " — no log output before exit"
                : " — “" + RuleText.cut(words, 120) + "”");
    // The mark that folds it below the cluster's DNS, if that is down.
    boolean dns = NetworkErrors.kind(words).filter(NetworkErrors.Kind.DNS::equals).isPresent();
    var cause =
        (dns ? NetworkErrors.Kind.DNS.label() + ": " : "")
            + container.name()
            + " exit "
            + code
            + " "
            + CauseNormalizer.of(words, pod.name().name());
    return Hit.of(facts.severity(pod), cause, pod, facts, ContainerEvidence.state(pod, container))
        .and(ContainerEvidence.log(facts, pod, container))
        .times(Math.max(1, container.restarts()))
        .seen(first(container), end.flatMap(ContainerTermination::finished))
        .detail(how);
  }

  private static Optional<Instant> first(ContainerFact container) {
    return container
        .last()
        .flatMap(ContainerTermination::finished)
        .or(() -> container.latestEnd().flatMap(ContainerTermination::finished));
  }
}
