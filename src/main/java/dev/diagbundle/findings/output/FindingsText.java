package dev.diagbundle.findings.output;

import module java.base;

import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Printable;

/// Findings for people, in a terminal: the first ones in full, the others with one line each.
public final class FindingsText implements FindingsOutput {
  private static final int WIDE = 5;
  private static final int MAX_LINE = 300;
  private static final int MAX_PROSE = 2_000;
  private static final int WIDTH = 80;
  private static final int MAX_PATTERNS = 3;

  @Override
  public void write(Analysis analysis, String name, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    for (Finding finding : analysis.bundle()) {
      writeWhole(text, finding);
    }
    int number = 0;
    for (Finding finding : analysis.roots()) {
      if (number++ < WIDE) {
        writeWhole(text, finding);
      } else {
        line(text, "", headline(finding));
      }
    }
    if (analysis.isQuiet()) {
      line(text, "", analysis.quietWords() + ".");
    }
    if (!analysis.collection().isEmpty()) {
      text.write("\nWhat the collection could not get\n");
      for (Finding finding : analysis.collection()) {
        line(text, "", headline(finding));
      }
    }
    text.write("\n");
    line(text, "", analysis.coverage() + ".");
    for (var result : analysis.unknown()) {
      line(
          text,
          "  unknown ",
          result.check().id() + ": " + String.join("; ", result.verdict().gaps()));
    }
    for (var result : analysis.ignored()) {
      line(text, "  ignored ", result.check().id());
    }
    writePatterns(text, analysis);
    text.flush();
  }

  private static void writePatterns(Writer text, Analysis analysis) throws IOException {
    var mostFrequent =
        analysis.patterns().stream()
            .flatMap(patterns -> patterns.patterns().stream().limit(MAX_PATTERNS))
            .sorted(Comparator.comparingLong((LogPatterns.Pattern pattern) -> -pattern.count()))
            .limit(MAX_PATTERNS)
            .toList();
    if (mostFrequent.isEmpty()) {
      return;
    }
    text.write("\nMost frequent errors in the logs\n");
    for (var pattern : mostFrequent) {
      line(text, "  ", pattern.count() + " times  " + pattern.text());
      line(text, "    Look at   ", pattern.path() + ":" + pattern.line());
    }
  }

  private static void writeWhole(Writer text, Finding finding) throws IOException {
    line(text, "", headline(finding));
    if (finding.firstSeen().isPresent() && finding.lastSeen().isPresent()) {
      var times = finding.occurrences() > 1 ? finding.occurrences() + " times, " : "";
      line(
          text,
          "    Seen      ",
          times + finding.firstSeen().get() + " to " + finding.lastSeen().get());
    }
    if (finding.count() > 1) {
      line(text, "    Affected  ", affected(finding));
    }
    var label = "    Look at   ";
    for (Evidence evidence : finding.evidence()) {
      line(text, label, evidence.toString());
      label = "              ";
      for (String words : evidence.lines()) {
        line(text, "                ", words);
      }
    }
    if (!finding.meaning().isEmpty()) {
      prose(text, "    Means     ", finding.meaning());
    }
    prose(text, "    To do     ", finding.remedy());
    if (!finding.check().docs().isEmpty()) {
      line(text, "    See       ", finding.check().docs());
    }
    writeFolded(text, finding.symptoms(), "    Explains  ");
    text.write("\n");
  }

  private static void writeFolded(Writer text, List<Finding> folded, String label)
      throws IOException {
    for (Finding child : folded) {
      line(text, label, headline(child));
      writeFolded(text, child.symptoms(), "  " + label);
    }
  }

  private static String affected(Finding finding) {
    var names = finding.samples().stream().map(ObjectName::path).collect(Collectors.joining(", "));
    int more = finding.count() - finding.samples().size();
    return finding.count() + ": " + names + (more > 0 ? " and " + more + " more" : "");
  }

  private static String headline(Finding finding) {
    var cluster = finding.cluster().isEmpty() ? "" : "[" + finding.cluster() + "] ";
    return finding.severity().label().toUpperCase(Locale.ROOT)
        + "  "
        + cluster
        + finding.title()
        + "  ["
        + finding.id()
        + "]";
  }

  /// Writes sentences, wrapped for the narrowest terminal; text from the cluster stays on its line.
  private static void prose(Writer text, String label, String sentences) throws IOException {
    var start = label;
    var line = new StringBuilder();
    for (String word : Printable.line(sentences, MAX_PROSE).split(" ", -1)) {
      if (!line.isEmpty() && label.length() + line.length() + 1 + word.length() > WIDTH) {
        text.write(start + line + "\n");
        start = " ".repeat(label.length());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    text.write(start + line + "\n");
  }

  private static void line(Writer text, String label, String words) throws IOException {
    text.write(label);
    text.write(Printable.line(words, MAX_LINE));
    text.write("\n");
  }
}
