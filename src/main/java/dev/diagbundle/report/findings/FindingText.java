package dev.diagbundle.report.findings;

import module java.base;

import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.report.html.TextFormat;

/// The text of a finding. Times are relative to the day of `now`, the end of the window.
public final class FindingText {
  private static final int MAX_NODES = 3;

  private FindingText() {}

  /// The glyph of a severity, whose name is the class of its colour too.
  public static String icon(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "crit";
      case WARNING -> "warn";
      case INFO -> "note";
    };
  }

  /// The word for a severity: `Critical`.
  public static String word(Severity severity) {
    return severity.name().charAt(0) + severity.label().substring(1);
  }

  /// The note that it is over, with the time; empty if it is not over.
  static String over(Finding finding, Instant now) {
    return finding.recovered()
        ? finding
            .lastSeen()
            .map(at -> "Recovered " + TextFormat.timeNear(now, at))
            .orElse("Recovered")
        : "";
  }

  /// The place, number of occurrences and start time.
  static String meta(Finding finding, Instant now) {
    var parts = new ArrayList<String>();
    if (!finding.nodes().isEmpty()) {
      parts.add(TextFormat.list(finding.nodes(), MAX_NODES));
    }
    if (finding.occurrences() > 1) {
      parts.add(TextFormat.count(finding.occurrences()) + " times");
    }
    finding
        .firstSeen()
        .ifPresent(at ->
            parts.add((isOneMoment(finding) ? "at " : "since ") + TextFormat.timeNear(now, at)));
    return String.join(" · ", parts);
  }

  /// Returns whether only one time is known, and not a start and an end.
  private static boolean isOneMoment(Finding finding) {
    return finding.firstSeen().isPresent() && finding.firstSeen().equals(finding.lastSeen());
  }

  /// The meaning, in two or three sentences.
  static String why(Finding finding, Instant now) {
    boolean told = !finding.meaning().isEmpty();
    var text = new StringBuilder(told ? finding.meaning() : meaning(finding.severity()));
    var place = place(finding.check().layer());
    int symptoms = finding.symptomCount();
    if (!told && !place.isEmpty()) {
      text.append(" Affected layer: ").append(place).append('.');
    }
    if (symptoms > 0) {
      text.append(' ')
          .append(TextFormat.count(symptoms, "other finding results", "other findings result"))
          .append(" from it.");
    }
    if (isOneMoment(finding)) {
      text.append(" Seen at ")
          .append(TextFormat.timeNear(now, finding.firstSeen().orElseThrow()))
          .append(" UTC.");
    } else if (finding.firstSeen().isPresent() && finding.lastSeen().isPresent()) {
      text.append(" Seen ")
          .append(
              finding.occurrences() > 1 ? TextFormat.count(finding.occurrences()) + " times, " : "")
          .append("first ")
          .append(TextFormat.timeNear(now, finding.firstSeen().get()))
          .append(", last ")
          .append(TextFormat.timeNear(now, finding.lastSeen().get()))
          .append(" UTC.");
    }
    if (finding.recovered()) {
      text.append(" The problem ended before the collection.");
    }
    return text.toString();
  }

  private static String meaning(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "Something is unusable now.";
      case WARNING -> "Something is degraded, or about to be.";
      case INFO -> "This is context.";
    };
  }

  private static String place(Layer layer) {
    return switch (layer) {
      case CONTROL_PLANE -> "the control plane";
      case NODE -> "nodes";
      case NETWORK_PLUGIN -> "node networking";
      case STORAGE -> "storage";
      case CLUSTER_SERVICE -> "cluster services";
      case SCHEDULING -> "pod creation and scheduling";
      case WORKLOAD -> "containers";
      case INGRESS -> "ingress traffic";
      case BUNDLE, HYGIENE, CUSTOM, COLLECTION -> "";
    };
  }
}
