package dev.diagbundle.cli;

import dev.diagbundle.analyze.Analysis;
import dev.diagbundle.analyze.BundleAnalyzer;
import dev.diagbundle.analyze.output.FindingsJson;
import dev.diagbundle.analyze.rules.Analyzers;
import dev.diagbundle.bundle.BundleContents;
import dev.diagbundle.collect.FindingsWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// The analysis at the end of a run. It is kept for what the terminal says, even if the bundle has
/// no room for `findings.json`. For one thread.
final class RunFindings implements FindingsWriter {
  private Optional<Analysis> analysis = Optional.empty();

  @Override
  public void write(BundleContents contents, OutputStream out) throws IOException {
    var found = new BundleAnalyzer(Analyzers.all()).analyze(contents);
    analysis = Optional.of(found);
    new FindingsJson().write(found, contents.manifest().run().rootFolder(), out);
  }

  /// What was found; empty if the analysis failed.
  Optional<Analysis> analysis() {
    return analysis;
  }
}
