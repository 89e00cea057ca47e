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

/// Containers that the runtime cannot create or start.
final class PodStartError extends Rule {
  /// Reasons of the kubelet (pkg/kubelet/container/sync_result.go).
  private static final Set<String> WAITING =
      Set.of(
          "RunContainerError",
          "CreateContainerError",
          "CreateContainerConfigError",
          "PreCreateHookError",
          "PreStartHookError",
          "PostStartHookError");

  private static final Set<String> ENDED = Set.of("StartError", "ContainerCannotRun");
  private static final Set<Long> CODES = Set.of(126L, 127L, 128L);

  PodStartError() {
    super(
        "pod-start-error",
        Layer.WORKLOAD,
        "Correct the command, mount or securityContext named in the message.",
        KUBERNETES + "tasks/debug/debug-application/debug-pods/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
      for (PodFact pod : facts.pods()) {
        for (ContainerFact container : pod.containers()) {
          // A running container did start; its earlier failures are over.
          if (container.runningSince().isEmpty()
              && isStartError(container)
              && conclusion.claim(pod, container)) {
            groups.add(hit(facts, pod, container));
          }
        }
      }
      conclusion.found(
          groups, group -> group.who() + ": " + group.detail() + " (" + group.counted("pod") + ")");
    };
  }

  private static boolean isStartError(ContainerFact container) {
    if (WAITING.contains(container.waiting())) {
      return true;
    }
    return container
        .latestEnd()
        .filter(end -> ENDED.contains(end.reason()) || CODES.contains(end.exitCode()))
        .isPresent();
  }

  private static Hit hit(Facts facts, PodFact pod, ContainerFact container) {
    var message =
        container.waitingMessage().isEmpty() || container.waiting().equals("CrashLoopBackOff")
            ? container.latestEnd().map(ContainerTermination::message).orElse("")
            : container.waitingMessage();
    var code = container.latestEnd().map(ContainerTermination::exitCode).orElse(0L);
    var cause = cause(message, code);
    return Hit.of(
            facts.severity(pod),
            container.name() + " " + cause,
            pod,
            facts,
            ContainerEvidence.state(pod, container))
        .and(ContainerEvidence.log(facts, pod, container))
        .times(Math.max(1, container.restarts()))
        .seen(pod.created(), Optional.of(facts.readAt(pod)))
        .detail(
            "container "
                + container.name()
                + " cannot start: "
                + cause
                + (message.isEmpty() ? "" : " — “" + RuleText.cut(message, 160) + "”"));
  }

  private static String cause(String message, long code) {
    if (message.contains("exec format error")) {
      return "the program is built for another platform";
    }
    if (message.contains("runAsNonRoot")) {
      return "it would run as root, but runAsNonRoot is set";
    }
    if (message.contains("executable file not found")
        || message.contains("no such file")
        || code == 127) {
      return "command not found";
    }
    if (message.contains("permission denied") || code == 126) {
      return "the command is not executable";
    }
    if (message.contains("subPath") || message.contains("mount")) {
      return "a mount fails";
    }
    if (message.contains("seccomp") || message.contains("apparmor")) {
      return "a security profile is missing";
    }
    return "rejected by the runtime";
  }
}
