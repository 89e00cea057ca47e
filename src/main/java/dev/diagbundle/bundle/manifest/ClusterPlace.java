package dev.diagbundle.bundle.manifest;

import dev.diagbundle.model.EntryPath;

/// The place of one cluster's files and items in a bundle. A bundle of one cluster has them at its
/// top; one of several has a folder for each below [BundleLayout#CLUSTERS], with the same layout.
///
/// @param folder the name of that folder, a single safe segment; empty for the top
public record ClusterPlace(String folder) {
  /// The place in a bundle of one cluster.
  public static final ClusterPlace TOP = new ClusterPlace("");

  /// @throws IllegalArgumentException if the folder is more than one segment, or unsafe
  public ClusterPlace {
    if (!folder.isEmpty() && !BundleLayout.isFolderName(folder)) {
      throw new IllegalArgumentException("no name of a folder: " + folder);
    }
  }

  /// The prefix of the path of each of its files: `clusters/<folder>/`, or nothing.
  public String prefix() {
    return folder.isEmpty() ? "" : BundleLayout.CLUSTERS + "/" + folder + "/";
  }

  /// The path in the bundle of what is at this path within the cluster.
  public EntryPath path(EntryPath within) {
    return folder.isEmpty() ? within : new EntryPath(prefix() + within.value());
  }

  /// The id in the bundle of the item with this id within the cluster; empty stays empty.
  public String item(String within) {
    return within.isEmpty() ? within : prefix() + within;
  }
}
