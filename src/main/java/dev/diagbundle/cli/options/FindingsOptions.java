package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.output.FindingsMarkdown;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.Profile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options for the findings of a run.
public final class FindingsOptions {
  /// The summary of a step on GitHub is limited to 1 MiB.
  private static final int MAX_ROOTS = 20;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "File to append the findings to as Markdown, for example $GITHUB_STEP_SUMMARY.")
  private @Nullable Path summary;

  @Mixin private final AnalysisOptions analysis = new AnalysisOptions();

  /// The profile without the skipped checks.
  ///
  /// @throws DiagbundleException if there is no such check
  public Profile tuned(Profile profile) throws DiagbundleException {
    return profile.finding(analysis.apply(profile.findings()));
  }

  /// @throws DiagbundleException if the summary cannot be written
  public void requireUsable() throws DiagbundleException {
    var file = summary;
    if (file == null) {
      return;
    }
    var folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder)) {
      throw new DiagbundleException(
          Problem.usage("--summary: cannot write to '" + Printable.line(file.toString()) + "'"));
    }
  }

  /// Returns whether there is a finding of the severity that fails the command.
  public boolean fails(Optional<Analysis> found) {
    return analysis.fails(found);
  }

  /// Appends the summary, if its file is given.
  ///
  /// @param name of the bundle
  public void summarize(Optional<Analysis> found, String name) throws IOException {
    var file = summary;
    if (file == null) {
      return;
    }
    try (var out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
      if (found.isEmpty()) {
        var text = "# Findings\n\nThe analysis failed; see the report in the bundle.\n\n";
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
      var all = found.get();
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
