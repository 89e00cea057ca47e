package dev.diagbundle.report;

import module java.base;

import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Printable;
import dev.diagbundle.report.collection.CompletenessSection;
import dev.diagbundle.report.findings.FindingLink;
import dev.diagbundle.report.findings.FindingText;
import dev.diagbundle.report.findings.FindingsSection;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;

/// The verdict by the findings of an analysis: the critical ones about the collection and the first
/// roots, each with one piece of evidence.
final class FindingsVerdict {
  private static final int MAX_TITLE = 120;

  private FindingsVerdict() {}

  static VerdictSection of(BundleFiles files, Analysis findings, MissingVerdict missing) {
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

  private static String icon(Analysis findings) {
    if (findings.count(Severity.CRITICAL) > 0) {
      return "crit";
    }
    if (findings.count(Severity.WARNING) > 0) {
      return "warn";
    }
    return findings.ran() == 0 ? "note" : "ok";
  }

  private static String title(Analysis findings) {
    long critical = findings.count(Severity.CRITICAL);
    if (critical > 0) {
      return TextFormat.count(critical, "critical finding");
    }
    long warnings = findings.count(Severity.WARNING);
    if (warnings > 0) {
      return TextFormat.count(warnings, "warning");
    }
    return findings.quietWords();
  }

  private static List<VerdictSection.Note> notes(Analysis findings) {
    var notes = new ArrayList<VerdictSection.Note>();
    long warnings = findings.count(Severity.WARNING);
    if (warnings > 0 && findings.count(Severity.CRITICAL) > 0) {
      notes.add(note("warn", TextFormat.count(warnings, "warning")));
    }
    long info = findings.count(Severity.INFO);
    if (info > 0) {
      long over = findings.roots().stream().filter(Finding::recovered).count();
      var recovered = over > 0 ? ", " + TextFormat.count(over) + " recovered" : "";
      notes.add(note("note", TextFormat.count(info) + " info" + recovered));
    }
    boolean all = findings.ran() == findings.results().size();
    notes.add(
        new VerdictSection.Note(
            "", coverage(findings), all ? Optional.empty() : Optional.of(Href.anchor("unknown"))));
    return List.copyOf(notes);
  }

  /// The coverage: `58 of 70 checks ran`.
  private static String coverage(Analysis findings) {
    int ignored = findings.ignored().size();
    return TextFormat.count(findings.ran())
        + " of "
        + TextFormat.count(findings.results().size(), "check")
        + " ran"
        + (ignored == 0 ? "" : ", " + TextFormat.count(ignored, "was", "were") + " ignored");
  }

  private static VerdictSection.Note note(String icon, String text) {
    return new VerdictSection.Note(icon, text, Optional.empty());
  }

  private static List<VerdictSection.Lead> leads(BundleFiles files, Analysis findings) {
    var leads = new ArrayList<VerdictSection.Lead>();
    for (var finding : findings.doubts()) {
      leads.add(lead(finding, Href.anchor(CompletenessSection.NOTES), files));
    }
    for (int i = 0; i < findings.roots().size(); i++) {
      leads.add(lead(findings.roots().get(i), Href.anchor(FindingLink.id(i + 1)), files));
      if (leads.size() >= VerdictSection.MAX_LEADS) {
        break;
      }
    }
    return leads.stream().limit(VerdictSection.MAX_LEADS).toList();
  }

  private static VerdictSection.Lead lead(Finding finding, Href href, BundleFiles files) {
    return new VerdictSection.Lead(
        FindingText.icon(finding.severity()),
        FindingText.word(finding.severity()),
        href,
        Printable.cut(FindingsSection.title(finding), MAX_TITLE),
        finding.evidence().stream()
            .findFirst()
            .flatMap(proof -> FindingsSection.evidence(proof, finding, files).file()),
        FindingsSection.scope(finding));
  }
}
