package dev.diagbundle.analyze.output;

import dev.diagbundle.analyze.Analysis;
import dev.diagbundle.analyze.Severity;

/// What may be said of an analysis as a whole.
final class Conclusions {
  private Conclusions() {}

  /// Whether nothing is broken as far as one can see. It is never said that a cluster is healthy.
  static boolean isQuiet(Analysis analysis) {
    return analysis.roots().stream()
        .allMatch(finding -> finding.recovered() || finding.severity() == Severity.INFO);
  }
}
