package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.model.EntryPath;

/// The one folder at the top of an archive, which users may have renamed or left out when they
/// repacked it.
final class RootFolder {
  private static final String PREFIX = "diagbundle-";

  /// The names at the top of a bundle; so none of these is the folder above it.
  private static final Set<String> TOP =
      Set.of("nodes", "cluster-resources", "cluster-info", "clusters", "api");

  private RootFolder() {}

  /// The folder's name, or nothing if the files lie without one.
  ///
  /// @param paths whole paths in an archive
  static String of(List<EntryPath> paths) {
    if (paths.isEmpty()) {
      return "";
    }
    var first = paths.getFirst().segments().getFirst();
    for (EntryPath path : paths) {
      var value = path.value();
      if (!value.startsWith(first)
          || value.length() == first.length()
          || value.charAt(first.length()) != '/') {
        return "";
      }
    }
    return isNameFor(first) ? first : "";
  }

  /// Returns whether a folder of this name may be the one at the top, and is not one of those in
  /// it.
  static boolean isNameFor(String name) {
    return name.startsWith(PREFIX) || !TOP.contains(name);
  }

  /// The path below that folder.
  static EntryPath below(String rootFolder, EntryPath path) {
    return rootFolder.isEmpty()
        ? path
        : new EntryPath(path.value().substring(rootFolder.length() + 1));
  }

  /// The path below what may be that folder, while this is not known yet.
  static EntryPath belowFirst(EntryPath path) {
    int slash = path.value().indexOf('/');
    return slash < 0 ? path : new EntryPath(path.value().substring(slash + 1));
  }
}
