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
import dev.diagbundle.model.Outcome;
import java.util.Set;

/// Logs for which the kubelet gave an error text, with status 200, instead.
final class LogBodyIsError implements Analyzer {
  private static final Check CHECK =
      new Check(
          "log-body-is-error",
          Layer.COLLECTION,
          "Follow the text (another name of the service, no options for files). Previous logs that are"
              + " lost survive only in the termination message and in rotated files.",
          Check.KUBERNETES + "concepts/cluster-administration/system-logs/#log-query");

  @Override
  public Check check() {
    return CHECK;
  }

  @Override
  public Study begin(Interests interests) {
    return (facts, conclusion) -> {
      var groups = Groups.byCause();
      for (Item item : facts.manifest().items()) {
        if (isWanted(item)) {
          groups.add(
              Hit.of(
                      Severity.WARNING,
                      CauseText.of(item.outcome().words(), item.node()),
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
                  + " not to be had, the kubelet answers an error text instead: “"
                  + Words.cut(group.detail(), 120)
                  + "”");
    };
  }

  private static boolean isWanted(Item item) {
    return !item.outcome().equals(new Outcome.Collected())
        && TEXTS.stream().anyMatch(text -> item.outcome().words().contains(text));
  }

  /// Texts of kubelets (pkg/kubelet/kubelet_server_journal.go, pkg/kubelet/kuberuntime).
  private static final Set<String> TEXTS =
      Set.of(
          "log not found for",
          "options present and query resolved to log files",
          "error getting log for",
          "Data from the specified boot",
          "journal output not available",
          "Get-WinEvent :",
          "unable to retrieve container logs for");
}
