package dev.diagbundle.report.findings;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.read.FindingsReader;
import dev.diagbundle.report.input.BundleFiles;

/// The findings of `findings.json`, with an index of the most important root finding that concerns
/// an object, itself or by its symptoms.
public final class FindingsIndex {
  private record Key(String cluster, ObjectName object) {}

  private final Optional<Analysis> analysis;
  private final Map<Key, Integer> numbers = new HashMap<>();

  private FindingsIndex(Optional<Analysis> analysis) {
    this.analysis = analysis;
    var roots = roots();
    for (int i = 0; i < roots.size(); i++) {
      add(roots.get(i), i + 1);
      var root = roots.get(i);
      if (root.check().layer() == Layer.NODE || root.check().layer() == Layer.NETWORK_PLUGIN) {
        for (String node : root.nodes()) {
          numbers.putIfAbsent(new Key(root.cluster(), node(node)), i + 1);
        }
      }
    }
  }

  /// The findings from the bundle's own file; unknown if it has none that can be read to its end.
  public static FindingsIndex of(BundleContents contents) {
    return BundleFiles.read(contents, BundleLayout.FINDINGS, FindingsIndex::read)
        .orElseGet(() -> new FindingsIndex(Optional.empty()));
  }

  /// Reads the findings from a file. May leave the stream open.
  ///
  /// @throws IOException if it is not complete, or has another format
  public static FindingsIndex read(InputStream in) throws IOException {
    return new FindingsIndex(Optional.of(FindingsReader.read(in)));
  }

  /// Returns whether there was an analysis.
  public boolean known() {
    return analysis.isPresent();
  }

  /// The analysis; empty if there was none.
  public Analysis analysis() {
    return analysis.orElse(Analysis.EMPTY);
  }

  /// The findings about the cluster, the most important first.
  public List<Finding> roots() {
    return analysis().roots();
  }

  /// The finding that concerns the pod, with its number in the page.
  public Optional<FindingLink> ofPod(String cluster, String namespace, String name) {
    return find(cluster, new ObjectName("Pod", namespace, name));
  }

  /// @param owner its kind and name: `Job report-1`
  public Optional<FindingLink> ofOwner(String cluster, String namespace, String owner) {
    var words = owner.split(" ", 2);
    return words.length < 2
        ? Optional.empty()
        : find(cluster, new ObjectName(words[0], namespace, words[1]));
  }

  public Optional<FindingLink> ofNode(String cluster, String name) {
    return find(cluster, node(name));
  }

  private static ObjectName node(String name) {
    return new ObjectName("Node", "", name);
  }

  private void add(Finding finding, int number) {
    for (ObjectName object : finding.objects()) {
      numbers.putIfAbsent(new Key(finding.cluster(), object), number);
    }
    finding.symptoms().forEach(symptom -> add(symptom, number));
  }

  private Optional<FindingLink> find(String cluster, ObjectName object) {
    return Optional.ofNullable(numbers.get(new Key(cluster, object)))
        .filter(number -> number <= FindingsSection.MAX_FINDINGS)
        .map(number -> FindingLink.of(number, roots().get(number - 1)));
  }
}
