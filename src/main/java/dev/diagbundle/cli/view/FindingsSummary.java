package dev.diagbundle.cli.view;

import module java.base;

import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Printable;

/// The summary of findings: those of the bundle itself, critical ones of its collection, then the
/// first root causes.
record FindingsSummary(Terminal terminal, Analysis analysis) {
  /// The maximum number of findings.
  static final int MAX_ROOTS = 5;

  private static final int WIDTH = 160;

  /// The lines, without a label.
  List<String> lines() {
    var lines = new ArrayList<String>();
    analysis.bundle().forEach(finding -> add(finding, lines));
    analysis.collection().stream()
        .filter(finding -> finding.severity() == Severity.CRITICAL)
        .forEach(finding -> add(finding, lines));
    if (analysis.isQuiet()) {
      lines.add(analysis.quietWords() + "; " + analysis.coverage());
      return lines;
    }
    var roots = analysis.roots();
    int shown = Math.min(MAX_ROOTS, roots.size());
    roots.subList(0, shown).forEach(finding -> add(finding, lines));
    int more = roots.size() - shown;
    lines.add(
        terminal.dim(
            (more > 0 ? "and " + more + " more in the report; " : "") + analysis.coverage()));
    return lines;
  }

  private void add(Finding finding, List<String> lines) {
    var cluster = finding.cluster().isEmpty() ? "" : "[" + finding.cluster() + "] ";
    var severity = finding.severity().label().toUpperCase(Locale.ROOT);
    lines.add(
        styled(finding.severity(), String.format("%-8s", severity))
            + "  "
            + Printable.line(cluster + finding.title(), WIDTH));
    var below = new ArrayList<String>();
    finding.evidence().stream()
        .findFirst()
        .ifPresent(evidence -> below.add(Printable.line(evidence.toString(), WIDTH)));
    int symptoms = finding.symptomCount();
    if (symptoms > 0) {
      below.add("explains " + symptoms + (symptoms == 1 ? " other finding" : " other findings"));
    }
    if (!below.isEmpty()) {
      lines.add(" ".repeat(10) + terminal.dim(String.join(", ", below)));
    }
  }

  private String styled(Severity severity, String text) {
    return switch (severity) {
      case CRITICAL -> terminal.red(text);
      case WARNING -> terminal.yellow(text);
      case INFO -> text;
    };
  }
}
