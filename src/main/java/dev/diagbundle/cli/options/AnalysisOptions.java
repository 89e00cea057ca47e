package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.checks.CheckIds;
import dev.diagbundle.model.checks.CustomRule;
import dev.diagbundle.model.checks.FindingSettings;
import dev.diagbundle.profile.load.Suggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options for an analysis: the checks to skip, and the severity that fails the command.
public final class AnalysisOptions {
  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit with code 4 on a finding of this severity or higher: critical, warning or info.")
  private @Nullable Severity failOn;

  @Option(
      names = "--skip-check",
      paramLabel = "ID",
      description = "ID of a check to skip; repeatable.")
  private List<String> skipped = List.of();

  /// The settings without the skipped checks.
  ///
  /// @throws DiagbundleException if there is no such check
  public FindingSettings apply(FindingSettings settings) throws DiagbundleException {
    var known = new ArrayList<>(CheckIds.ALL);
    settings.rules().stream().map(CustomRule::id).forEach(known::add);
    for (String id : skipped) {
      if (!known.contains(id)) {
        throw new DiagbundleException(
            Problem.usage(
                "--skip-check: unknown check '"
                    + Printable.line(id)
                    + "'"
                    + Suggestion.question(id, known)));
      }
    }
    return settings.ignoring(skipped);
  }

  /// Returns whether there is a finding of the severity that fails the command.
  public boolean fails(Optional<Analysis> analysis) {
    var limit = failOn;
    return limit != null
        && analysis
            .flatMap(Analysis::worst)
            .filter(worst -> worst.compareTo(limit) <= 0)
            .isPresent();
  }
}
