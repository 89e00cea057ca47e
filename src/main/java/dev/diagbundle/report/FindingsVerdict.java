package dev.diagbundle.report;

import dev.diagbundle.report.findings.FindingLink;
import dev.diagbundle.report.findings.FindingsParser;
import dev.diagbundle.report.findings.FindingsSection;
import dev.diagbundle.report.findings.ParsedFinding;
import dev.diagbundle.report.findings.ParsedFindings;
import dev.diagbundle.report.findings.SeverityBadge;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The verdict by the findings of an analysis: the first roots, each with one place to look at.
final class FindingsVerdict {
  private static final int MAX_TITLE = 120;

  private FindingsVerdict() {}

  static VerdictSection of(BundleFiles files, ParsedFindings findings, MissingVerdict missing) {
    int total = findings.roots().size();
    return new VerdictSection(
        "Most important findings",
        icon(findings),
        title(findings),
        notes(findings),
        leads(files, findings),
        total == 0
            ? Optional.empty()
            : Optional.of(
                new FileLink(
                    Href.anchor("findings"),
                    total == 1
                        ? "The finding and its evidence"
                        : "All " + TextFormat.count(total, "finding"))),
        missing);
  }

  private static String icon(ParsedFindings findings) {
    if (findings.count(SeverityBadge.CRITICAL) > 0) {
      return "crit";
    }
    if (findings.count(SeverityBadge.WARNING) > 0) {
      return "warn";
    }
    return findings.nothingRan() ? "note" : "ok";
  }

  private static String title(ParsedFindings findings) {
    long critical = findings.count(SeverityBadge.CRITICAL);
    if (critical > 0) {
      return TextFormat.count(critical, "critical finding");
    }
    long warnings = findings.count(SeverityBadge.WARNING);
    if (warnings > 0) {
      return TextFormat.count(warnings, "warning");
    }
    return findings.quietWords();
  }

  private static List<VerdictSection.Note> notes(ParsedFindings findings) {
    var notes = new ArrayList<VerdictSection.Note>();
    long warnings = findings.count(SeverityBadge.WARNING);
    if (warnings > 0 && findings.count(SeverityBadge.CRITICAL) > 0) {
      notes.add(note("warn", TextFormat.count(warnings, "warning")));
    }
    long info = findings.count(SeverityBadge.INFO);
    if (info > 0) {
      long over = findings.roots().stream().filter(ParsedFinding::recovered).count();
      var recovered = over > 0 ? ", " + TextFormat.count(over) + " recovered" : "";
      notes.add(note("note", TextFormat.count(info) + " info" + recovered));
    }
    boolean all = findings.results().stream().allMatch(FindingsParser.CheckResult::ran);
    notes.add(
        new VerdictSection.Note(
            "", findings.coverage(), all ? Optional.empty() : Optional.of(Href.anchor("unknown"))));
    return List.copyOf(notes);
  }

  private static VerdictSection.Note note(String icon, String text) {
    return new VerdictSection.Note(icon, text, Optional.empty());
  }

  private static List<VerdictSection.Lead> leads(BundleFiles files, ParsedFindings findings) {
    var leads = new ArrayList<VerdictSection.Lead>();
    for (var finding : findings.roots()) {
      if (leads.size() == VerdictSection.MAX_LEADS) {
        break;
      }
      leads.add(
          new VerdictSection.Lead(
              finding.severity().icon(),
              finding.severity().word(),
              Href.anchor(FindingLink.id(leads.size() + 1)),
              TextFormat.cut(FindingsSection.title(finding), MAX_TITLE),
              finding.evidence().stream()
                  .findFirst()
                  .flatMap(proof -> FindingsSection.evidence(proof, finding, files).file()),
              FindingsSection.scope(finding)));
    }
    return List.copyOf(leads);
  }
}
