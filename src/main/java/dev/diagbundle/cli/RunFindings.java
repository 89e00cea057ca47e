package dev.diagbundle.cli;

import dev.diagbundle.analyze.Analysis;
import dev.diagbundle.analyze.output.FindingsJson;
import dev.diagbundle.analyze.output.LogPatternsJson;
import dev.diagbundle.bundle.BundleContents;
import dev.diagbundle.collect.FindingsWriter;
import dev.diagbundle.model.findings.FindingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;

/// The analysis at the end of a run. It is kept for what the terminal says, even if the bundle has
/// no room for `findings.json`. For one thread.
final class RunFindings implements FindingsWriter {
  private final Function<BundleContents, FindingSettings> settings;
  private Optional<Analysis> analysis = Optional.empty();
  private String name = "";

  /// Tuned as the profile says that the bundle was collected by.
  RunFindings() {
    this.settings = TunedAnalysis::of;
  }

  RunFindings(FindingSettings settings) {
    this.settings = _ -> settings;
  }

  @Override
  public void write(BundleContents contents, OutputStream out) throws IOException {
    var found = TunedAnalysis.analyzer(settings.apply(contents)).analyze(contents);
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

  /// What was found; empty if the analysis failed.
  Optional<Analysis> analysis() {
    return analysis;
  }
}
