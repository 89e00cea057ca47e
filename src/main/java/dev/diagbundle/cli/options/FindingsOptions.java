package dev.diagbundle.cli.options;

import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.output.FindingsMarkdown;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.Profile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is done with the findings of a run, beside the bundle and the terminal.
public final class FindingsOptions {
  /// GitHub takes 1 MiB of a step's summary, and nobody reads as much.
  private static final int MAX_ROOTS = 20;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Append the findings as Markdown, for example to $GITHUB_STEP_SUMMARY.")
  private @Nullable Path summary;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "Exit with 4 if there is a finding so bad or worse: critical, warning or info.")
  private @Nullable Severity failOn;

  @Option(
      names = "--ignore",
      paramLabel = "ID",
      description = "Do not run a check, by the name in brackets; repeatable.")
  private List<String> ignored = List.of();

  /// The profile, with the checks ignored that the command line names.
  ///
  /// @throws DiagbundleException if there is no such check
  public Profile tuned(Profile profile) throws DiagbundleException {
    return profile.finding(AnalysisSettings.ignoring(profile.findings(), ignored));
  }

  /// @throws DiagbundleException if the summary has no place to go
  public void requireUsable() throws DiagbundleException {
    var file = summary;
    if (file == null) {
      return;
    }
    var folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new DiagbundleException(
          Problem.usage("--summary: cannot write '" + Printable.line(file.toString()) + "'"));
    }
  }

  /// Whether a finding is as bad as the caller said.
  public boolean fails(Optional<Analysis> analysis) {
    var limit = failOn;
    return limit != null
        && analysis
            .flatMap(Analysis::worst)
            .filter(worst -> worst.compareTo(limit) <= 0)
            .isPresent();
  }

  /// Appends the summary, if that was asked for.
  ///
  /// @param name of the bundle
  public void summarize(Optional<Analysis> analysis, String name) throws IOException {
    var file = summary;
    if (file == null) {
      return;
    }
    try (var out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      if (analysis.isEmpty()) {
        var text = "# Findings\n\nThe analysis failed; the bundle says why.\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
      var all = analysis.get();
      int more = all.roots().size() - MAX_ROOTS;
      new FindingsMarkdown().write(more > 0 ? first(all) : all, name, out);
      if (more > 0) {
        var text = "\nAnd " + more + " more findings in the bundle.\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      out.write('\n');
    }
  }

  private static Analysis first(Analysis all) {
    return new Analysis(
        all.roots().subList(0, MAX_ROOTS),
        all.bundle(),
        all.collection(),
        all.results(),
        all.patterns());
  }
}
