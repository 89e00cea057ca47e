package dev.diagbundle.report.findings;

import dev.diagbundle.report.html.TextFormat;
import java.time.Instant;
import java.util.ArrayList;

/// What a finding says in words. Times are near `now`, the end of the window.
final class FindingText {
  private static final int MAX_NODES = 3;

  private FindingText() {}

  /// That it is over, and since when; or nothing.
  static String over(ParsedFinding finding, Instant now) {
    return finding.recovered()
        ? finding.last().map(at -> "Recovered " + TextFormat.timeNear(now, at)).orElse("Recovered")
        : "";
  }

  /// Where, how often, since when.
  static String meta(ParsedFinding finding, Instant now) {
    var parts = new ArrayList<String>();
    if (!finding.nodes().isEmpty()) {
      parts.add(TextFormat.list(finding.nodes(), MAX_NODES));
    }
    if (finding.occurrences() > 1) {
      parts.add(TextFormat.count(finding.occurrences()) + " times");
    }
    finding
        .first()
        .ifPresent(at ->
            parts.add((isOneMoment(finding) ? "at " : "since ") + TextFormat.timeNear(now, at)));
    return String.join(" · ", parts);
  }

  /// Whether one time is known, and not two between which it lasted.
  private static boolean isOneMoment(ParsedFinding finding) {
    return finding.first().isPresent() && finding.first().equals(finding.last());
  }

  /// What it means, in two or three sentences.
  static String why(ParsedFinding finding, Instant now) {
    boolean told = !finding.meaning().isEmpty();
    var text = new StringBuilder(told ? finding.meaning() : finding.severity().meaning());
    var place = place(finding.layer());
    int symptoms = finding.symptoms();
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
          .append(TextFormat.timeNear(now, finding.first().orElseThrow()))
          .append(" UTC.");
    } else if (finding.first().isPresent() && finding.last().isPresent()) {
      text.append(" Seen ")
          .append(
              finding.occurrences() > 1 ? TextFormat.count(finding.occurrences()) + " times, " : "")
          .append("first ")
          .append(TextFormat.timeNear(now, finding.first().get()))
          .append(", last ")
          .append(TextFormat.timeNear(now, finding.last().get()))
          .append(" UTC.");
    }
    if (finding.recovered()) {
      text.append(" The problem ended before the collection.");
    }
    return text.toString();
  }

  private static String place(String layer) {
    return switch (layer) {
      case "control-plane" -> "the control plane";
      case "node" -> "nodes";
      case "network-plugin" -> "node networking";
      case "storage" -> "storage";
      case "cluster-service" -> "cluster services";
      case "scheduling" -> "pod creation and scheduling";
      case "container" -> "containers";
      case "entry" -> "ingress traffic";
      default -> "";
    };
  }
}
