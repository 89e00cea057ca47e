package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Input;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.NodeFact;
import dev.diagbundle.analyze.PodFact;
import dev.diagbundle.analyze.Severity;

/// Nodes that take no new pods.
final class NodeCordoned implements Analyzer {
  private static final Check CHECK =
      new Check(
          "node-cordoned",
          Layer.NODE,
          "Uncordon the nodes when the maintenance is over.",
          Check.KUBERNETES + "tasks/administer-cluster/safely-drain-node/",
          Input.NODES);
  private static final int THIRD = 3;

  @Override
  public Check check() {
    return CHECK;
  }

  @Override
  public Study begin(Interests interests) {
    return (facts, conclusion) -> {
      var cordoned = facts.nodes().stream().filter(NodeFact::cordoned).toList();
      // Who cannot be scheduled may be kept out by just that.
      boolean waiting =
          facts.pods().stream()
              .map(PodFact::scheduled)
              .anyMatch(each -> each.isFalse() && each.message().contains("were unschedulable"));
      boolean many = cordoned.size() * THIRD >= facts.nodes().size();
      var groups = Groups.byCause();
      for (NodeFact node : cordoned) {
        groups.add(
            Hit.of(
                    waiting || many ? Severity.WARNING : Severity.INFO,
                    "cordoned",
                    node.name(),
                    node.place().saying("node " + node.name().name() + ", unschedulable"))
                .node(node.name().name())
                .detail(waiting ? "; pods wait for them" : ""));
      }
      conclusion.found(
          groups, group -> group.counted("node") + " cordoned: " + group.names() + group.detail());
    };
  }
}
