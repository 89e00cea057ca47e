package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ItemEvidence;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Outcome;

/// Logs for which the kubelet returned an error text with status 200.
final class LogBodyIsError extends Rule {
  private static final int MAX_BODIES = 1_000;

  LogBodyIsError() {
    super(
        "log-body-is-error",
        Layer.COLLECTION,
        "Follow the error text (another service name, no options for files). Lost previous logs"
            + " remain only in the termination message and in rotated files.",
        KUBERNETES + "concepts/cluster-administration/system-logs/#log-query");
  }

  /// Texts of kubelets (pkg/kubelet/kubelet_server_journal.go, pkg/kubelet/kuberuntime).
  private static final List<String> TEXTS =
      List.of(
          "log not found for",
          "options present and query resolved to log files",
          "error getting log for",
          "Data from the specified boot",
          "journal output not available",
          "Get-WinEvent :",
          "unable to retrieve container logs for");

  @Override
  public RuleRun begin(Subscriptions interests) {
    var bodies = new ArrayList<LogLine>();
    // Bundles of others hold such texts as if they were logs.
    for (String paths : List.of("nodes/*/services/*", "cluster-resources/pods/logs/**")) {
      interests.lines(
          paths,
          TEXTS,
          "^(" + String.join("|", TEXTS) + ")",
          line -> {
            if (line.number() == 1 && bodies.size() < MAX_BODIES) {
              bodies.add(line);
            }
          });
    }
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (Item item : facts.items()) {
        if (isWanted(item)) {
          // The collector has detected it, and kept the text out of the logs.
          groups.add(
              Hit.of(
                      item.outcome().leavesGap() ? Severity.WARNING : Severity.INFO,
                      CauseNormalizer.of(item.outcome().words(), item.node()),
                      ItemEvidence.name(item),
                      ItemEvidence.evidence(item))
                  .node(item.node()));
        }
      }
      for (LogLine line : bodies) {
        groups.add(
            Hit.of(
                    Severity.WARNING,
                    CauseNormalizer.of(line.text(), line.node()),
                    new ObjectName("file", "", line.path()),
                    line.evidence())
                .node(line.node()));
      }
      conclusion.found(
          groups,
          group ->
              group.counted("log")
                  + " unavailable: the kubelet returned an error text instead: “"
                  + RuleText.cut(group.cause(), 120)
                  + "”");
    };
  }

  /// Returns whether the item was expected: a service that a node does not have is no error.
  private static boolean isWanted(Item item) {
    var words = item.outcome().words();
    return !(item.outcome() instanceof Outcome.Collected)
        && !words.startsWith("log not found for")
        && TEXTS.stream().anyMatch(words::contains);
  }
}
