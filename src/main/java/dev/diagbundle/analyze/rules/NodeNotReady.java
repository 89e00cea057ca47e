package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;

/// Nodes that are not ready: their kubelet stopped posting status, never reported, or reports a
/// reason.
final class NodeNotReady extends Rule {
  private static final Duration YOUNG = Duration.ofMinutes(5);
  private static final List<String> REMOVAL =
      List.of("ToBeDeletedByClusterAutoscaler", "karpenter.sh/disrupted");

  NodeNotReady() {
    super(
        "node-not-ready",
        Layer.NODE,
        "Check the machine's power and network, then the end of the kubelet's log. Restart the"
            + " kubelet or replace the node; add the taint node.kubernetes.io/out-of-service"
            + " only after confirming that the machine is off.",
        KUBERNETES + "tasks/debug/debug-cluster/",
        CheckInput.NODES);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("NodeNotReady");
    return (facts, conclusion) -> {
      var events = new HashMap<String, EventFact>();
      for (EventFact event : facts.events().of("NodeNotReady")) {
        if (event.object().kind().equals("Node")) {
          events.put(event.object().name(), event);
        }
      }
      var groups = HitGroups.byCause();
      for (NodeFact node : facts.nodes()) {
        if (!node.isReady()) {
          groups.add(hit(facts, node, events));
        }
      }
      conclusion.found(groups, group -> title(facts, group));
    };
  }

  private static Hit hit(Facts facts, NodeFact node, Map<String, EventFact> events) {
    var ready = node.condition("Ready");
    var cause = cause(node);
    boolean young =
        node.created()
            .filter(at -> at.isAfter(facts.readAt(node.place().path()).minus(YOUNG)))
            .isPresent();
    return Hit.of(
            isLeaving(node) || young ? Severity.INFO : Severity.CRITICAL,
            cause,
            node,
            node.place()
                .saying(
                    "node " + node.name().name() + ", Ready " + status(node),
                    ready.reason() + " " + ready.message()))
        .and(Optional.ofNullable(events.get(node.name().name())).map(EventFact::evidence))
        .seen(ready.since(), Optional.of(facts.readAt(node.place().path())))
        .detail(ready.since().map(at -> " since " + RuleText.time(at)).orElse(""));
  }

  /// Returns whether it is being removed on purpose.
  static boolean isLeaving(NodeFact node) {
    return node.deletion().isPresent() || node.taints().stream().anyMatch(REMOVAL::contains);
  }

  private static String status(NodeFact node) {
    var status = node.condition("Ready").status();
    return status.isEmpty() ? "absent" : status;
  }

  private static String cause(NodeFact node) {
    var ready = node.condition("Ready");
    if (ready.status().isEmpty() || ready.reason().equals("NodeStatusNeverUpdated")) {
      return "kubelet has never reported";
    }
    if (ready.status().equals("Unknown")) {
      return "kubelet stopped posting status";
    }
    var message = ready.message();
    // Without a runtime there is no network either: the kubelet may report both.
    if (NodeRuntimeDown.isIn(message)) {
      return "container runtime does not respond";
    }
    if (message.contains("NetworkPluginNotReady") || message.contains("cni")) {
      return "pod network not ready";
    }
    return message.contains("shutting down") ? "node is shutting down" : "reported by its kubelet";
  }

  private static String title(Facts facts, HitGroup group) {
    var names = new HashSet<>(group.nodes());
    long pods = facts.pods().stream().filter(pod -> names.contains(pod.node())).count();
    return group.count()
        + " of "
        + RuleText.count(facts.nodes().size(), "node")
        + " not ready ("
        + group.cause()
        + ")"
        + group.detail()
        + ": "
        + RuleText.list(group.nodes())
        + "; "
        + RuleText.count(pods, "pod")
        + " affected";
  }
}
