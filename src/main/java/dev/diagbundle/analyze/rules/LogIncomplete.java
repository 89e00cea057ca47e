package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.analyze.Words;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.model.Outcome;
import java.util.Set;

/// Logs that are in the bundle only in part.
final class LogIncomplete implements Analyzer {
  private static final Check CHECK =
      new Check(
          "log-incomplete",
          Layer.COLLECTION,
          "Narrow the window of time or collect earlier; ship logs off the node if they are rotated"
              + " too soon.",
          Check.KUBERNETES + "concepts/cluster-administration/logging/");

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
                      Severity.INFO,
                      CollectedItems.reason(item),
                      CollectedItems.name(item),
                      CollectedItems.evidence(item))
                  .node(item.node())
                  .detail(item.outcome().words()));
        }
      }
      conclusion.found(
          groups,
          group ->
              Words.count(group.count(), "log")
                  + " incomplete ("
                  + group.names()
                  + "): "
                  + group.cause()
                  + (group.detail().isEmpty() ? "" : ", " + Words.cut(group.detail(), 160)));
    };
  }

  private static boolean isWanted(Item item) {
    return LOGS.contains(item.kind()) && item.outcome() instanceof Outcome.Partial;
  }

  private static final Set<String> LOGS = Set.of("nodeLogs", "nodeFiles", "podLogs");
}
