package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.CauseText;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Facts;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Input;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.ObjectName;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.analyze.Words;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// Nodes whose kubelet does not answer queries for the logs of its services.
final class NodelogQueryDisabled implements Analyzer {
  private static final Check CHECK =
      new Check(
          "nodelog-query-disabled",
          Layer.COLLECTION,
          "Set enableSystemLogQuery: true in the configuration of the kubelet (and the feature gate"
              + " NodeLogQuery before 1.36) and restart it, for as long as it is needed.",
          Check.KUBERNETES + "concepts/cluster-administration/system-logs/#log-query",
          Input.NODES);

  @Override
  public Check check() {
    return CHECK;
  }

  @Override
  public Study begin(Interests interests) {
    return (facts, conclusion) -> {
      var groups = Groups.byCause();
      for (Item item : facts.items()) {
        if (isWanted(item)) {
          groups.add(
              Hit.of(
                      severity(facts, item),
                      CauseText.of(item.outcome().words(), item.node()),
                      new ObjectName("Node", "", item.node()),
                      CollectedItems.evidence(item))
                  .node(item.node())
                  .detail(item.outcome().words()));
        }
      }
      conclusion.found(
          groups,
          group ->
              "Service logs of "
                  + Words.count(group.nodes().size(), "node")
                  + " missing ("
                  + Words.list(group.nodes())
                  + "): "
                  + group.detail());
    };
  }

  private static boolean isWanted(Item item) {
    return item.kind().equals("nodeLogs")
        && item.outcome() instanceof Outcome.Skipped(Reason reason, String _)
        && reason == Reason.UNSUPPORTED;
  }

  /// A kubelet that writes its log into a file has told it there.
  private static Severity severity(Facts facts, Item item) {
    return facts.below("nodes/" + item.node() + "/files/").stream()
            .anyMatch(path -> path.endsWith("kubelet.log"))
        ? Severity.INFO
        : Severity.WARNING;
  }
}
