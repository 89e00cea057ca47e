package dev.diagbundle.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The verdict by the findings of an analysis: the first roots, each with one place to look at.
final class FindingsVerdict {
  private static final int MAX_TITLE = 120;

  private FindingsVerdict() {}

  static VerdictSection of(BundleFiles files, Findings findings, MissingVerdict missing) {
    int total = findings.roots().size();
    return new VerdictSection(
        "What is broken and where to look first",
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
                        ? "The finding, with its evidence"
                        : "All " + Wording.count(total, "finding"))),
        missing);
  }

  private static String icon(Findings findings) {
    if (findings.count(Severity.CRITICAL) > 0) {
      return "crit";
    }
    if (findings.count(Severity.WARNING) > 0) {
      return "warn";
    }
    return findings.nothingRan() ? "note" : "ok";
  }

  private static String title(Findings findings) {
    long critical = findings.count(Severity.CRITICAL);
    if (critical > 0) {
      return Wording.count(critical, "critical finding");
    }
    long warnings = findings.count(Severity.WARNING);
    if (warnings > 0) {
      return Wording.count(warnings, "warning");
    }
    return findings.quietWords();
  }

  private static List<VerdictSection.Note> notes(Findings findings) {
    var notes = new ArrayList<VerdictSection.Note>();
    long warnings = findings.count(Severity.WARNING);
    if (warnings > 0 && findings.count(Severity.CRITICAL) > 0) {
      notes.add(note("warn", Wording.count(warnings, "warning")));
    }
    long info = findings.count(Severity.INFO);
    if (info > 0) {
      long over = findings.roots().stream().filter(Finding::recovered).count();
      var recovered = over > 0 ? ", " + Wording.count(over) + " recovered" : "";
      notes.add(note("note", Wording.count(info) + " info" + recovered));
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

  private static List<VerdictSection.Lead> leads(BundleFiles files, Findings findings) {
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
              Wording.cut(FindingsSection.title(finding), MAX_TITLE),
              finding.evidence().stream()
                  .findFirst()
                  .flatMap(proof -> FindingsSection.evidence(proof, finding, files).file()),
              FindingsSection.scope(finding)));
    }
    return List.copyOf(leads);
  }
}
