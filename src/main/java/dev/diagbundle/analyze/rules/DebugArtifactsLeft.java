package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.ContainerFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import java.util.regex.Pattern;

/// Pods and containers left over from debugging.
final class DebugArtifactsLeft extends Rule {
  private static final Pattern NODE_DEBUGGER = Pattern.compile("^node-debugger-.+-[a-z0-9]{5}$");
  private static final Pattern DEBUGGER = Pattern.compile("^debugger-[a-z0-9]{5}$");
  private static final Duration DAY = Duration.ofHours(24);

  DebugArtifactsLeft() {
    super(
        "debug-artifacts-left",
        Layer.HYGIENE,
        "Delete the debugging pods; end the Telepresence intercept.",
        KUBERNETES + "tasks/debug/debug-cluster/kubectl-node-debug/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (PodFact pod : facts.pods()) {
        if (NODE_DEBUGGER.matcher(pod.name().name()).matches() && !pod.isOver()) {
          add(facts, groups, pod, "kubectl debug pods for nodes", pod.created());
          continue;
        }
        for (ContainerFact container : pod.containers()) {
          // A terminated one cannot be removed from its pod.
          var since = container.runningSince();
          if (since.isEmpty()) {
            continue;
          }
          if (container.role() == ContainerFact.Role.EPHEMERAL) {
            add(facts, groups, pod, "ephemeral containers", since);
          } else if (DEBUGGER.matcher(container.name()).matches()) {
            add(facts, groups, pod, "kubectl debug copies of pods", since);
          } else if (container.name().equals("traffic-agent")) {
            add(facts, groups, pod, "Telepresence agents, which may divert traffic", since);
          }
        }
      }
      conclusion.found(
          groups,
          group ->
              group.count()
                  + " left over from debugging: "
                  + group.cause()
                  + " ("
                  + group.names()
                  + ")");
    };
  }

  private static void add(
      Facts facts, HitGroups groups, PodFact pod, String cause, Optional<Instant> since) {
    boolean old = Recency.isOlder(since, facts.readAt(pod), DAY);
    groups.add(
        Hit.of(
                old ? Severity.WARNING : Severity.INFO,
                cause,
                pod,
                facts,
                pod.place().saying("pod " + pod.name().path(), cause))
            .seen(since, Optional.empty()));
  }
}
