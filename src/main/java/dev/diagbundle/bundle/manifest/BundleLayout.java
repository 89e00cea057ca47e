package dev.diagbundle.bundle.manifest;

import dev.diagbundle.model.EntryPath;

/// The paths of the files in a bundle.
public final class BundleLayout {
  /// The requested items and their outcomes.
  public static final EntryPath MANIFEST = EntryPath.of("manifest.json");

  /// The findings of an analysis, as `doc/findings.schema.json` describes them. A normal entry: the
  /// manifest lists it.
  public static final EntryPath FINDINGS = EntryPath.of("findings.json");

  /// The patterns of the error lines of all logs, as `doc/log-patterns.schema.json` describes them.
  /// Created with the findings, and an entry like them.
  public static final EntryPath LOG_PATTERNS = EntryPath.of("log-patterns.json");

  /// The report for people.
  public static final EntryPath REPORT = EntryPath.of("index.html");

  /// The checksum of every other file, for `sha256sum -c`.
  public static final EntryPath CHECKSUMS = EntryPath.of("SHA256SUMS");

  /// The folder above the folders of clusters, in a bundle of several: see [Manifest.Run#clusters].
  public static final String CLUSTERS = "clusters";

  private BundleLayout() {}

  /// The place of the cluster that a path belongs to; the top if it belongs to none.
  public static ClusterPlace placeOf(EntryPath path) {
    var segments = path.segments();
    return segments.size() > 2 && segments.getFirst().equals(CLUSTERS)
        ? new ClusterPlace(segments.get(1))
        : ClusterPlace.TOP;
  }

  /// Returns whether the name is valid for the root folder: a single safe segment.
  public static boolean isFolderName(String name) {
    try {
      return new EntryPath(name).segments().size() == 1;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
