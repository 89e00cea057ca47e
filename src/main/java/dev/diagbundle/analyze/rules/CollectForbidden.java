package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ItemEvidence;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Reason;

/// Resources that the collecting identity is not authorized to read.
final class CollectForbidden extends Rule {
  /// The API server's spelling of an identity
  /// (<https://kubernetes.io/docs/reference/access-authn-authz/authorization/>).
  private static final String USER = "User \"";

  CollectForbidden() {
    super(
        "collect-forbidden",
        Layer.COLLECTION,
        "Apply the ClusterRole that diagbundle check prints, and collect again.",
        KUBERNETES + "reference/access-authn-authz/rbac/");
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      facts.items().stream()
          .filter(CollectForbidden::isWanted)
          .map(item -> ItemEvidence.hit(severity(item), cause(item), item))
          .forEach(groups::add);
      conclusion.found(
          groups,
          group ->
              "Not allowed to collect "
                  + group.counted("item")
                  + " ("
                  + group.names()
                  + "): "
                  + RuleText.cut(group.detail(), 160));
    };
  }

  private static Severity severity(Item item) {
    return item.id().contains("clusterDump/secrets") ? Severity.INFO : Severity.WARNING;
  }

  /// The user that the API server rejects, whatever the resource: one role fixes all. A kubelet's
  /// rejection has a different text.
  private static String cause(Item item) {
    var words = item.outcome().words();
    int from = words.indexOf(USER);
    int to = from < 0 ? -1 : words.indexOf('"', from + USER.length());
    return to < 0
        ? CauseNormalizer.of(words, item.node(), item.name())
        : words.substring(from, to + 1) + " lacks permissions";
  }

  private static boolean isWanted(Item item) {
    return item.outcome().why().filter(Reason.FORBIDDEN::equals).isPresent();
  }
}
