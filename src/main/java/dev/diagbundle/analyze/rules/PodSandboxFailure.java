package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.SandboxErrors;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;

/// Pods whose sandbox (the network namespace of their containers) cannot be created.
final class PodSandboxFailure extends Rule {
  PodSandboxFailure() {
    super(
        "pod-sandbox-failure",
        Layer.WORKLOAD,
        "Follow the cause: for network errors, fix the network plugin on the node; for runtime"
            + " errors, check the versions of runc and containerd and the node's disk.",
        KUBERNETES + "tasks/debug/debug-cluster/crictl/",
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    SandboxErrors.want(interests);
    return (facts, conclusion) -> {
      var starting = nodesWhereSandboxesAreMade(facts);
      var groups = HitGroups.byCause();
      for (SandboxErrors.SandboxError error : SandboxErrors.of(facts)) {
        var hit = hit(facts, error.pod(), error.event(), starting);
        groups.add(error.made() ? hit.over() : hit);
      }
      conclusion.found(groups, PodSandboxFailure::title);
    };
  }

  private static Hit hit(Facts facts, PodFact pod, EventFact event, Set<String> starting) {
    return Hit.of(
            starting.contains(pod.node()) ? Severity.WARNING : Severity.CRITICAL,
            cause(event.message()),
            pod,
            facts,
            event.evidence())
        .and(Optional.of(pod.place().saying("pod " + pod.name().path())))
        .times(event.count())
        .seen(Optional.of(event.first()), Optional.of(event.last()))
        .detail(RuleText.cut(SandboxErrors.tail(event.message()), 160));
  }

  /// The nodes with a recently created sandbox: on these, not all pods fail.
  private static Set<String> nodesWhereSandboxesAreMade(Facts facts) {
    var nodes = new HashSet<String>();
    for (PodFact pod : facts.pods()) {
      var since = pod.sandbox().since();
      if (pod.sandbox().isTrue()
          && since.isPresent()
          && since.get().isAfter(facts.readAt(pod).minus(SandboxErrors.ACTIVE))) {
        nodes.add(pod.node());
      }
    }
    return nodes;
  }

  private static String title(HitGroup group) {
    return group.counted("pod")
        + (group.recovered() ? " had no sandbox on " : " stuck in ContainerCreating on ")
        + group.onNodes()
        + ": "
        + group.cause()
        + " — “"
        + group.detail()
        + "”";
  }

  private static String cause(String message) {
    if (message.contains("setup network for sandbox")
        || message.contains("set up network for sandbox")
        || message.contains("plugin type=")
        || message.contains("network is not ready")) {
      var plugin = SandboxErrors.plugin(message);
      return "the network plugin " + (plugin.isEmpty() ? "" : plugin + " ") + "fails";
    }
    if (message.contains("0xc0370101") || message.contains("does not match the host")) {
      return "the pause image does not match the node's operating system";
    }
    if (message.contains("sandbox image") || message.contains("get sandbox image")) {
      return "the pause image cannot be pulled";
    }
    if (message.contains("failed to reserve sandbox name")) {
      return "an earlier attempt is still running";
    }
    if (message.contains(".sock")) {
      return "the container runtime does not respond";
    }
    return "the container runtime fails";
  }
}
