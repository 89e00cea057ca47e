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

/// Init containers that fail or hang, so that the main containers never start.
final class PodInitFailed extends Rule {
  private static final Duration LONG = Duration.ofMinutes(10);

  PodInitFailed() {
    super(
        "pod-init-failed",
        Layer.WORKLOAD,
        "Read the log of the init container; the usual cause is an unavailable dependency or a"
            + " failed migration. Add set -x to a shell script to see the failing command.",
        KUBERNETES + "tasks/debug/debug-application/debug-init-containers/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
      for (PodFact pod : facts.pods()) {
        if (pod.isOver()) {
          continue;
        }
        for (ContainerFact container : pod.containers()) {
          var hit = hit(facts, pod, container);
          if (hit.isPresent() && conclusion.claim(pod, container)) {
            groups.add(hit.get());
          }
        }
      }
      conclusion.found(
          groups,
          group ->
              group.who()
                  + ": "
                  + group.detail()
                  + "; main containers not started ("
                  + group.counted("pod")
                  + ")");
    };
  }

  private static Optional<Hit> hit(Facts facts, PodFact pod, ContainerFact container) {
    if (container.role() != ContainerFact.Role.INIT) {
      return Optional.empty();
    }
    boolean failed =
        container.waiting().equals("CrashLoopBackOff")
            || container.ended().filter(end -> end.exitCode() != 0).isPresent();
    var since = container.runningSince();
    boolean waits = since.isPresent() && since.get().isBefore(facts.readAt(pod).minus(LONG));
    if (!failed && !waits) {
      return Optional.empty();
    }
    var end = container.latestEnd();
    long code = end.map(ContainerTermination::exitCode).orElse(0L);
    var name = "init container " + container.name() + " (" + number(pod, container) + ")";
    var words = failed ? ContainerEvidence.lastWords(facts, pod, container) : "";
    var detail =
        failed
            ? name
                + " fails with exit code "
                + code
                + (words.isEmpty() ? "" : " — “" + RuleText.cut(words, 120) + "”")
            : name + " has been running since " + RuleText.time(since.orElseThrow());
    // A long migration is legal, so it is no failure.
    return Optional.of(
        Hit.of(
                failed ? facts.severity(pod) : Severity.WARNING,
                container.name() + (failed ? " exit " + code : " waits"),
                pod,
                facts,
                ContainerEvidence.state(pod, container))
            .and(ContainerEvidence.log(facts, pod, container))
            .times(Math.max(1, container.restarts()))
            .seen(
                container.last().flatMap(ContainerTermination::finished).or(() -> pod.created()),
                end.flatMap(ContainerTermination::finished))
            .detail(detail));
  }

  /// The position of the container, for example `1 of 2`.
  private static String number(PodFact pod, ContainerFact container) {
    var all =
        pod.containers().stream()
            .filter(each -> each.role() == ContainerFact.Role.INIT)
            .map(ContainerFact::name)
            .toList();
    return (all.indexOf(container.name()) + 1) + " of " + all.size();
  }
}
