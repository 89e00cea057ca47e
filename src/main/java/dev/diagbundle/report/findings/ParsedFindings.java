package dev.diagbundle.report.findings;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.report.html.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an analysis found, as `findings.json` tells it: the only source of the page's findings.
public final class ParsedFindings {
  /// No analysis: the page says what objects show, and no more.
  public static final ParsedFindings NONE =
      new ParsedFindings(false, List.of(), List.of(), List.of(), List.of(), new AffectedObjects());

  private static final Logger LOG = LoggerFactory.getLogger(ParsedFindings.class);

  private final boolean known;
  private final List<ParsedFinding> roots;
  private final List<ParsedFinding> bundle;
  private final List<ParsedFinding> collection;
  private final List<FindingsParser.CheckResult> results;
  private final AffectedObjects affected;

  ParsedFindings(
      boolean known,
      List<ParsedFinding> roots,
      List<ParsedFinding> bundle,
      List<ParsedFinding> collection,
      List<FindingsParser.CheckResult> results,
      AffectedObjects affected) {
    this.known = known;
    this.roots = List.copyOf(roots);
    this.bundle = List.copyOf(bundle);
    this.collection = List.copyOf(collection);
    this.results = List.copyOf(results);
    this.affected = affected;
  }

  /// What the bundle's own file says; [#NONE] if it has none that can be read to its end.
  public static ParsedFindings of(BundleContents contents) {
    var entry = contents.find(BundleLayout.FINDINGS);
    if (entry.isEmpty()) {
      return NONE;
    }
    try (var in = contents.open(entry.get())) {
      return read(in);
    } catch (IOException e) {
      LOG.debug("{} is not readable", entry.get().path(), e);
      return NONE;
    }
  }

  /// What a file says. Does not close the stream for sure.
  ///
  /// @throws IOException if it is not whole, or of another format
  public static ParsedFindings read(InputStream in) throws IOException {
    return new FindingsParser().parse(in);
  }

  /// Whether there was an analysis.
  public boolean known() {
    return known;
  }

  /// About the cluster, the most important first.
  public List<ParsedFinding> roots() {
    return roots;
  }

  /// About the bundle itself.
  public List<ParsedFinding> bundle() {
    return bundle;
  }

  /// About what the collection could not get.
  public List<ParsedFinding> collection() {
    return collection;
  }

  public List<FindingsParser.CheckResult> results() {
    return results;
  }

  /// Root findings of a severity.
  public long count(SeverityBadge severity) {
    return roots.stream().filter(finding -> finding.severity() == severity).count();
  }

  /// Whether nothing is broken as far as one can see.
  boolean isQuiet() {
    return roots.stream()
        .allMatch(finding -> finding.recovered() || finding.severity() == SeverityBadge.INFO);
  }

  /// Whether no check came to an answer.
  public boolean nothingRan() {
    return results.stream().noneMatch(FindingsParser.CheckResult::ran);
  }

  /// What to say where neither a critical finding nor a warning is.
  public String quietWords() {
    return nothingRan()
        ? "Unknown: no check could run"
        : "No active problem found in the collected data";
  }

  /// `58 of 70 checks ran`.
  public String coverage() {
    long ran = results.stream().filter(FindingsParser.CheckResult::ran).count();
    long ignored = results.stream().filter(FindingsParser.CheckResult::ignored).count();
    return TextFormat.count(ran)
        + " of "
        + TextFormat.count(results.size(), "check")
        + " ran"
        + (ignored == 0 ? "" : ", " + TextFormat.count(ignored, "was", "were") + " ignored");
  }

  /// The finding that concerns the pod, as the page numbers it.
  public Optional<FindingLink> ofPod(String cluster, String namespace, String name) {
    return affected.ofPod(cluster, namespace, name).flatMap(this::link);
  }

  public Optional<FindingLink> ofOwner(String cluster, String namespace, String owner) {
    return affected.ofOwner(cluster, namespace, owner).flatMap(this::link);
  }

  public Optional<FindingLink> ofNode(String cluster, String name) {
    return affected.ofNode(cluster, name).flatMap(this::link);
  }

  private Optional<FindingLink> link(int number) {
    return number > Math.min(roots.size(), FindingsSection.MAX_FINDINGS)
        ? Optional.empty()
        : Optional.of(FindingLink.of(number, roots.get(number - 1)));
  }
}
