package dev.diagbundle.findings.output;

import module java.base;

import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Printable;

/// Findings for tickets: Markdown as CommonMark and GitHub read it.
public final class FindingsMarkdown implements FindingsOutput {
  private static final int MAX_LINE = 300;
  private static final int MAX_PROSE = 2_000;

  /// The special characters of Markdown, and those that turn a word into a mention, an issue or an
  /// address. `:` and `.` are not escaped: an address becomes a link to itself only.
  private static final String SPECIAL = "\\`*_{}[]()#+-!|<>~@&";

  @Override
  public void write(Analysis analysis, String name, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    text.write("# Findings of " + escape(name) + "\n\n");
    text.write(escape(analysis.coverage()) + ".\n\n");
    writeSection(text, "About the bundle", analysis.bundle());
    if (analysis.isQuiet()) {
      text.write(analysis.quietWords() + ".\n\n");
    }
    for (Finding finding : analysis.roots()) {
      writeFinding(text, finding);
    }
    writeSection(text, "What the collection could not get", analysis.collection());
    if (!analysis.unknown().isEmpty()) {
      text.write("## Checks that could not run\n\n");
      for (var result : analysis.unknown()) {
        var missing = String.join("; ", result.verdict().gaps());
        text.write("- `" + result.check().id() + "`: " + escape(missing) + "\n");
      }
    }
    if (!analysis.ignored().isEmpty()) {
      text.write("\n## Checks that were ignored\n\n");
      for (var result : analysis.ignored()) {
        text.write("- `" + result.check().id() + "`\n");
      }
    }
    text.flush();
  }

  private static void writeSection(Writer text, String title, List<Finding> findings)
      throws IOException {
    if (findings.isEmpty()) {
      return;
    }
    text.write("## " + title + "\n\n");
    for (Finding finding : findings) {
      text.write("- " + headline(finding) + "\n");
    }
    text.write("\n");
  }

  private static void writeFinding(Writer text, Finding finding) throws IOException {
    text.write("## " + headline(finding) + "\n\n");
    if (finding.count() > 1) {
      var names =
          finding.samples().stream().map(ObjectName::path).collect(Collectors.joining(", "));
      int more = finding.count() - finding.samples().size();
      text.write(
          "Affected ("
              + finding.count()
              + "): "
              + escape(names)
              + (more > 0 ? " and " + more + " more" : "")
              + "\n\n");
    }
    for (Evidence evidence : finding.evidence()) {
      text.write("- " + escape(evidence.toString()) + "\n\n");
      for (String line : evidence.lines()) {
        // An indented block ends with its indent, regardless of the line's content.
        text.write("      " + Printable.line(line, MAX_LINE) + "\n");
      }
      text.write("\n");
    }
    if (!finding.meaning().isEmpty()) {
      text.write("Means: " + escape(finding.meaning(), MAX_PROSE) + "\n\n");
    }
    text.write("To do: " + escape(finding.remedy(), MAX_PROSE) + "\n\n");
    if (!finding.check().docs().isEmpty()) {
      text.write("<" + finding.check().docs() + ">\n\n");
    }
    writeFolded(text, finding.symptoms(), "");
    if (!finding.symptoms().isEmpty()) {
      text.write("\n");
    }
  }

  private static void writeFolded(Writer text, List<Finding> folded, String indent)
      throws IOException {
    for (Finding child : folded) {
      text.write(indent + "- explains: " + headline(child) + "\n");
      writeFolded(text, child.symptoms(), indent + "  ");
    }
  }

  private static String headline(Finding finding) {
    var cluster = finding.cluster().isEmpty() ? "" : "[" + finding.cluster() + "] ";
    return "**"
        + finding.severity().label()
        + "** "
        + escape(cluster + finding.title())
        + " (`"
        + finding.id()
        + "`)";
  }

  private static String escape(String words) {
    return escape(words, MAX_LINE);
  }

  private static String escape(String words, int most) {
    var line = Printable.line(words, most);
    var text = new StringBuilder(line.length() + 16);
    line.codePoints()
        .forEach(point -> {
          if (point < 0x80 && SPECIAL.indexOf(point) >= 0) {
            text.append('\\');
          }
          text.appendCodePoint(point);
        });
    return text.toString();
  }
}
