package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.CauseText;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.analyze.Words;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.model.Reason;

/// What the one who collected may not see.
final class CollectForbidden implements Analyzer {
  private static final Check CHECK =
      new Check(
          "collect-forbidden",
          Layer.COLLECTION,
          "Apply the ClusterRole that diagbundle check prints, and collect again.",
          Check.KUBERNETES + "reference/access-authn-authz/rbac/");

  /// As the API server says it of every identity
  /// (<https://kubernetes.io/docs/reference/access-authn-authz/authorization/>).
  private static final String USER = "User \"";

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
                      item.id().contains("clusterDump/secrets") ? Severity.INFO : Severity.WARNING,
                      cause(item),
                      CollectedItems.name(item),
                      CollectedItems.evidence(item))
                  .node(item.node())
                  .detail(item.outcome().words()));
        }
      }
      conclusion.found(
          groups,
          group ->
              "Not allowed to collect "
                  + Words.count(group.count(), "item")
                  + " ("
                  + group.names()
                  + "): "
                  + Words.cut(group.detail(), 160));
    };
  }

  /// Whoever the API server refuses, whatever is refused: one role mends it all. A kubelet that
  /// refuses has other words.
  private static String cause(Item item) {
    var words = item.outcome().words();
    int from = words.indexOf(USER);
    int to = from < 0 ? -1 : words.indexOf('"', from + USER.length());
    return to < 0
        ? CauseText.of(words, item.node(), item.name())
        : words.substring(from, to + 1) + " lacks rights";
  }

  private static boolean isWanted(Item item) {
    return item.outcome().why().filter(Reason.FORBIDDEN::equals).isPresent();
  }
}
