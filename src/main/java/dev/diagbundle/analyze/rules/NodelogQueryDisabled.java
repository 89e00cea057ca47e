package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ItemEvidence;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// Nodes whose kubelet does not serve node log queries.
final class NodelogQueryDisabled extends Rule {
  NodelogQueryDisabled() {
    super(
        "nodelog-query-disabled",
        Layer.COLLECTION,
        "Set enableSystemLogQuery: true in the kubelet configuration (and the feature gate"
            + " NodeLogQuery before 1.36) and restart the kubelet, for as long as node logs are"
            + " needed.",
        KUBERNETES + "concepts/cluster-administration/system-logs/#log-query",
        CheckInput.NODES);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      facts.items().stream()
          .filter(NodelogQueryDisabled::isWanted)
          .map(item ->
              ItemEvidence.nodeHit(
                  severity(facts, item),
                  CauseNormalizer.of(item.outcome().words(), item.node()),
                  item))
          .forEach(groups::add);
      conclusion.found(
          groups,
          group ->
              "Service logs of "
                  + RuleText.count(group.nodes().size(), "node")
                  + " missing ("
                  + RuleText.list(group.nodes())
                  + "): "
                  + group.detail());
    };
  }

  private static boolean isWanted(Item item) {
    return item.kind() == ItemKind.NODE_LOGS
        && item.outcome() instanceof Outcome.Skipped(Reason reason, String _)
        && reason == Reason.UNSUPPORTED;
  }

  /// The severity of a disabled log query: lower if the kubelet writes its log to a file that was
  /// collected.
  private static Severity severity(Facts facts, Item item) {
    return facts.below("nodes/" + item.node() + "/files/").stream()
            .anyMatch(path -> path.endsWith("kubelet.log"))
        ? Severity.INFO
        : Severity.WARNING;
  }
}
