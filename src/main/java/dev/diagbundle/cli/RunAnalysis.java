package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.cli.options.AnalysisSettings;
import dev.diagbundle.collect.FindingsRenderer;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.output.FindingsJson;
import dev.diagbundle.findings.output.LogPatternsJson;
import dev.diagbundle.model.checks.FindingSettings;

/// The analysis at the end of a run. It is kept for the summary on the terminal, even if the bundle
/// has no space for `findings.json`. For one thread.
final class RunAnalysis implements FindingsRenderer {
  private final Function<BundleContents, FindingSettings> settings;
  private Optional<Analysis> analysis = Optional.empty();
  private String name = "";

  /// An analysis with the settings of the profile in the bundle.
  RunAnalysis() {
    this.settings = AnalysisSettings::of;
  }

  RunAnalysis(FindingSettings settings) {
    this.settings = _ -> settings;
  }

  @Override
  public void write(BundleContents contents, OutputStream out) throws IOException {
    var found = AnalysisSettings.analyzer(settings.apply(contents)).analyze(contents);
    analysis = Optional.of(found);
    name = contents.manifest().run().rootFolder();
    new FindingsJson().write(found, name, out);
  }

  @Override
  public boolean writePatterns(OutputStream out) throws IOException {
    if (analysis.isEmpty()) {
      throw new IOException("there was no analysis");
    }
    new LogPatternsJson().write(analysis.get().patterns(), name, out);
    return true;
  }

  /// The findings; empty if the analysis failed.
  Optional<Analysis> analysis() {
    return analysis;
  }
}
