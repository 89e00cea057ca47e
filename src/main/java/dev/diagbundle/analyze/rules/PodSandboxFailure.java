package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.EventFact;
import dev.diagbundle.analyze.Facts;
import dev.diagbundle.analyze.Group;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Input;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.PodFact;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.analyze.Words;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Pods whose sandbox, the frame with the network around their containers, cannot be made.
final class PodSandboxFailure implements Analyzer {
  private static final Check CHECK =
      new Check(
          "pod-sandbox-failure",
          Layer.CONTAINER,
          "Follow the cause: for the network, repair the network plugin on the node; for errors of"
              + " the runtime, check the versions of runc and containerd and the node's disk.",
          Check.KUBERNETES + "tasks/debug/debug-cluster/crictl/",
          Input.PODS,
          Input.EVENTS);
  private static final String[] REASONS = {
    "FailedCreatePodSandBox", "FailedPodSandBoxStatus", "NetworkNotReady"
  };
  private static final Duration ACTIVE = Duration.ofMinutes(15);

  @Override
  public Check check() {
    return CHECK;
  }

  @Override
  public Study begin(Interests interests) {
    interests.events(REASONS);
    return (facts, conclusion) -> {
      var pods = new HashMap<String, PodFact>();
      facts.pods().forEach(pod -> pods.put(pod.uid(), pod));
      var starting = nodesWhereSandboxesAreMade(facts);
      var groups = Groups.byCause();
      for (EventFact event : facts.events().of(REASONS)) {
        var pod = pods.get(event.uid());
        if (pod == null) {
          continue;
        }
        boolean made =
            pod.sandbox().isTrue()
                && pod.sandbox().since().filter(at -> at.isAfter(event.last())).isPresent();
        boolean active = event.last().isAfter(facts.eventsReadAt(event).minus(ACTIVE));
        // A pod that still has no sandbox is stuck, though its events may have been dropped since.
        boolean stuck = !pod.sandbox().isTrue() && !pod.isOver() && pod.ready().isFalse();
        if (!made && !active && !stuck) {
          continue;
        }
        var hit = hit(facts, pod, event, starting);
        groups.add(made ? hit.over() : hit);
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
        .detail(Words.cut(tail(event.message()), 160));
  }

  /// Nodes with a pod whose sandbox was made lately: there, it is not all pods that fail.
  private static Set<String> nodesWhereSandboxesAreMade(Facts facts) {
    var nodes = new HashSet<String>();
    for (PodFact pod : facts.pods()) {
      var since = pod.sandbox().since();
      if (pod.sandbox().isTrue()
          && since.isPresent()
          && since.get().isAfter(facts.readAt(pod).minus(ACTIVE))) {
        nodes.add(pod.node());
      }
    }
    return nodes;
  }

  private static String title(Group group) {
    return group.counted("pod")
        + (group.recovered() ? " had no sandbox on " : " stuck in ContainerCreating on ")
        + Words.count(group.nodes().size(), "node")
        + " ("
        + Words.list(group.nodes())
        + "): "
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
      return "the network plugin fails";
    }
    if (message.contains("sandbox image") || message.contains("get sandbox image")) {
      return "the pause image cannot be had";
    }
    if (message.contains("failed to reserve sandbox name")) {
      return "an earlier attempt is still running";
    }
    if (message.contains(".sock")) {
      return "the container runtime does not answer";
    }
    return "the container runtime fails";
  }

  /// The cause stands at the end of a chain of errors.
  private static String tail(String message) {
    int from = Math.max(0, message.length() - 160);
    int colon = message.indexOf(": ", from);
    return colon < 0 ? message.substring(from) : message.substring(colon + 2);
  }
}
