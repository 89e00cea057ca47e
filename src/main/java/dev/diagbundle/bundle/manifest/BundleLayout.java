package dev.diagbundle.bundle.manifest;

import dev.diagbundle.model.EntryPath;

/// Where things are in a bundle.
public final class BundleLayout {
  /// What was asked and what came of it.
  public static final EntryPath MANIFEST = EntryPath.of("manifest.json");

  /// What an analysis found in the bundle, as `doc/findings.schema.json` describes it. An entry as
  /// any other: the manifest lists it.
  public static final EntryPath FINDINGS = EntryPath.of("findings.json");

  /// What the error lines of all logs say, as `doc/log-patterns.schema.json` describes it. Made
  /// with the findings, and an entry as they are.
  public static final EntryPath LOG_PATTERNS = EntryPath.of("log-patterns.json");

  /// The report for people.
  public static final EntryPath REPORT = EntryPath.of("index.html");

  /// The checksum of every other file, for `sha256sum -c`.
  public static final EntryPath CHECKSUMS = EntryPath.of("SHA256SUMS");

  /// The folder above the folders of clusters, in a bundle of several: see [Manifest.Run#clusters].
  public static final String CLUSTERS = "clusters";

  private BundleLayout() {}

  /// Where the cluster is to which a path belongs; the top if it belongs to none.
  public static ClusterPlace placeOf(EntryPath path) {
    var segments = path.segments();
    return segments.size() > 2 && segments.getFirst().equals(CLUSTERS)
        ? new ClusterPlace(segments.get(1))
        : ClusterPlace.TOP;
  }

  /// Whether the name is fit for the one folder at the top: a single safe segment.
  public static boolean isFolderName(String name) {
    try {
      return new EntryPath(name).segments().size() == 1;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
