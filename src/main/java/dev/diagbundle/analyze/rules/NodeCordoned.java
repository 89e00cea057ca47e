package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;

/// Nodes that are marked unschedulable.
final class NodeCordoned extends Rule {
  private static final int THIRD = 3;

  NodeCordoned() {
    super(
        "node-cordoned",
        Layer.NODE,
        "Uncordon the nodes after maintenance.",
        KUBERNETES + "tasks/administer-cluster/safely-drain-node/",
        CheckInput.NODES);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var cordoned = facts.nodes().stream().filter(NodeFact::cordoned).toList();
      // The cordon may be the reason why a pod cannot be scheduled.
      boolean waiting =
          facts.pods().stream()
              .map(PodFact::scheduled)
              .anyMatch(each -> each.isFalse() && each.message().contains("were unschedulable"));
      boolean many = cordoned.size() * THIRD >= facts.nodes().size();
      var groups = HitGroups.byCause();
      for (NodeFact node : cordoned) {
        groups.add(
            Hit.of(
                    waiting || many ? Severity.WARNING : Severity.INFO,
                    "cordoned",
                    node,
                    node.place().saying("node " + node.name().name() + ", unschedulable"))
                .detail(waiting ? "; pods wait for them" : ""));
      }
      conclusion.found(
          groups, group -> group.counted("node") + " cordoned: " + group.names() + group.detail());
    };
  }
}
