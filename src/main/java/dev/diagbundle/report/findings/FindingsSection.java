package dev.diagbundle.report.findings;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;
import java.util.regex.Pattern;

/// The section "Findings": the problems with their evidence, meaning and remedy. Symptoms are
/// nested in the findings that explain them.
///
/// @param known true if there was an analysis
/// @param quietWords the sentence if no active problem was found, or if that is in doubt; else
///   empty
/// @param total the number of root findings, of which `rows` are shown at most
/// @param unknown the checks that could not run
/// @param unknownTitle the number of these checks, in words
/// @param file the file of all findings, if the bundle has it
/// @param clear the number of checks that found nothing, in words
public record FindingsSection(
    boolean known,
    String quietWords,
    String count,
    int total,
    List<Row> rows,
    List<Unknown> unknown,
    String unknownTitle,
    String clear,
    Optional<FileLink> file) {
  public static final int MAX_FINDINGS = 60;
  private static final int MAX_TITLE = 300;
  private static final int MAX_SYMPTOMS = 10;
  private static final int MAX_AFFECTED = 10;
  private static final int MAX_MISSING = 10;
  private static final int MAX_UNKNOWN = 60;
  private static final Pattern SENTENCE = Pattern.compile("(?<=[.;])\\s+(?=[A-Z])");

  /// One root finding.
  ///
  /// @param meta the place, number of occurrences and start time
  /// @param scope the number of objects
  /// @param over the time at which it ended, if it is over
  public record Row(
      String id,
      String icon,
      String word,
      String title,
      String meta,
      String scope,
      String over,
      String why,
      List<Place> evidence,
      List<String> steps,
      List<Symptom> symptoms,
      int moreSymptoms,
      List<String> affected,
      int moreAffected,
      String check,
      String docs,
      Optional<Href> docsLink) {}

  /// One piece of evidence. Without a file its path is text only.
  public record Place(Optional<FileLink> file, String place, List<HighlightedLine> lines) {}

  /// A finding that follows from another.
  record Symptom(String title, String check) {}

  /// Checks with the same missing inputs.
  record Unknown(String checks, String missing) {}

  public static FindingsSection of(BundleFiles files, FindingsIndex findings) {
    var rows = new ArrayList<Row>();
    for (var finding : findings.roots()) {
      if (rows.size() < MAX_FINDINGS) {
        rows.add(row(FindingLink.id(rows.size() + 1), finding, files));
      }
    }
    var analysis = findings.analysis();
    return new FindingsSection(
        findings.known(),
        quietWords(analysis),
        count(analysis),
        findings.roots().size(),
        List.copyOf(rows),
        unknown(analysis),
        TextFormat.count(analysis.unknown().size())
            + " of "
            + TextFormat.count(analysis.results().size(), "check")
            + " could not run because data is missing",
        outcome(analysis),
        files.findInBundle(BundleLayout.FINDINGS).map(FileLink::path));
  }

  private static String quietWords(Analysis analysis) {
    if (analysis.isQuiet()) {
      return analysis.quietWords();
    }
    return analysis.hasProblems()
        ? ""
        : "A critical finding about the collection makes the state of the cluster doubtful: see"
            + " Completeness";
  }

  /// The counts by severity: `3 critical, 6 warnings, 4 info`.
  private static String count(Analysis findings) {
    var parts = new ArrayList<String>();
    long critical = findings.count(Severity.CRITICAL);
    long warnings = findings.count(Severity.WARNING);
    long info = findings.count(Severity.INFO);
    if (critical > 0) {
      parts.add(TextFormat.count(critical) + " critical");
    }
    if (warnings > 0) {
      parts.add(TextFormat.count(warnings, "warning"));
    }
    if (info > 0) {
      parts.add(TextFormat.count(info) + " info");
    }
    return parts.isEmpty() ? "none" : String.join(", ", parts);
  }

  /// The file at a path of `findings.json`, if the bundle has it: the path may be anything.
  ///
  /// @param words the words of the line that the link opens; may be empty
  public static Optional<FileLink> file(BundleFiles files, Evidence proof, String words) {
    try {
      var path = new EntryPath(proof.path());
      // The manifest does not list itself, and is always present.
      return path.equals(BundleLayout.MANIFEST) || files.findInBundle(path).isPresent()
          ? Optional.of(new FileLink(Href.entry(path, words), proof.toString()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Row row(String id, Finding finding, BundleFiles files) {
    Instant now = files.manifest().run().window().to();
    var affected = finding.objects().stream().limit(MAX_AFFECTED).map(ObjectName::path).toList();
    var symptoms = new ArrayList<Symptom>();
    addSymptoms(finding, symptoms);
    return new Row(
        id,
        FindingText.icon(finding.severity()),
        FindingText.word(finding.severity()),
        title(finding),
        FindingText.meta(finding, now),
        scope(finding),
        FindingText.over(finding, now),
        FindingText.why(finding, now),
        finding.evidence().stream().map(proof -> evidence(proof, finding, files)).toList(),
        List.of(SENTENCE.split(finding.remedy())),
        symptoms.subList(0, Math.min(MAX_SYMPTOMS, symptoms.size())),
        Math.max(0, symptoms.size() - MAX_SYMPTOMS),
        affected,
        finding.count() - affected.size(),
        finding.id(),
        finding.check().docs(),
        Href.docs(finding.check().docs()));
  }

  /// The title, with its cluster if there are several.
  public static String title(Finding finding) {
    var cluster = finding.cluster().isEmpty() ? "" : finding.cluster() + ": ";
    return Printable.cut(cluster + finding.title(), MAX_TITLE);
  }

  /// The number of objects by kind: `3 pods, 1 node`.
  public static String scope(Finding finding) {
    var parts = new ArrayList<String>();
    finding
        .affected()
        .kinds()
        .forEach((kind, count) -> {
          if (!kind.isEmpty() && !kind.equals("bundle")) {
            boolean plain = kind.equals("Pod") || kind.equals("Node");
            parts.add(
                TextFormat.count(count, plain ? kind.toLowerCase(java.util.Locale.ROOT) : kind));
          }
        });
    return String.join(", ", parts.subList(0, Math.min(2, parts.size())));
  }

  private static void addSymptoms(Finding finding, List<Symptom> into) {
    for (var each : finding.symptoms()) {
      into.add(new Symptom(title(each), each.id()));
      addSymptoms(each, into);
    }
  }

  public static Place evidence(Evidence proof, Finding finding, BundleFiles files) {
    var words = List.of(finding.title(), finding.cause());
    boolean whole = proof.to() - proof.from() + 1 == proof.lines().size();
    var lines = new ArrayList<HighlightedLine>();
    for (String line : proof.lines()) {
      long number = proof.from() + lines.size();
      boolean numbered = proof.from() > 0 && (whole || lines.isEmpty());
      lines.add(HighlightedLine.of(numbered ? Long.toString(number) : "", line, words));
    }
    var marked = lines.isEmpty() ? "" : lines.getFirst().match();
    return new Place(file(files, proof, marked), proof.toString(), List.copyOf(lines));
  }

  /// The number of checks that found nothing, and the names of the ignored ones.
  private static String outcome(Analysis findings) {
    long clear =
        findings.results().stream().filter(each -> each.verdict() instanceof Verdict.Clear).count();
    var ignored =
        findings.ignored().stream().map(result -> result.check().id()).distinct().toList();
    var words = clear == 0 ? "" : TextFormat.count(clear, "check") + " ran and found nothing.";
    return ignored.isEmpty()
        ? words
        : (words + " Ignored: " + TextFormat.list(ignored, 40) + ".").strip();
  }

  private static List<Unknown> unknown(Analysis findings) {
    Map<String, List<String>> byMissing = new LinkedHashMap<>();
    for (var result : findings.unknown()) {
      var cluster = result.cluster().isEmpty() ? "" : result.cluster() + ": ";
      var missing = TextFormat.list(result.verdict().gaps(), MAX_MISSING);
      byMissing.computeIfAbsent(cluster + missing, _ -> new ArrayList<>()).add(result.check().id());
    }
    return byMissing.entrySet().stream()
        .limit(MAX_UNKNOWN)
        .map(row -> new Unknown(TextFormat.list(row.getValue(), 40), row.getKey()))
        .toList();
  }
}
