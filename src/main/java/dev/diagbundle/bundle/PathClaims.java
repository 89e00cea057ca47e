package dev.diagbundle.bundle;

import dev.diagbundle.model.EntryPath;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The names in an archive: which files are taken, and which folders have been written. The
/// writer's lock guards it.
final class PathClaims {
  private final TreeSet<String> files = new TreeSet<>();

  /// Takes the path for one file.
  ///
  /// @throws IllegalStateException if it is taken, is a folder of another file, or would need a
  ///   file to be a folder
  void claim(EntryPath path) {
    var name = path.value();
    var below = files.ceiling(name + "/");
    if (below != null && below.startsWith(name + "/")) {
      throw new IllegalStateException("'" + name + "' is already the folder of '" + below + "'");
    }
    for (String folder : foldersOf(name)) {
      if (files.contains(folder)) {
        throw new IllegalStateException("'" + folder + "' is already a file");
      }
    }
    if (!files.add(name)) {
      throw new IllegalStateException("'" + name + "' is already in the bundle");
    }
  }

  /// Whether [#claim] would take the path.
  boolean isFree(EntryPath path) {
    var name = path.value();
    var below = files.ceiling(name + "/");
    return !files.contains(name)
        && (below == null || !below.startsWith(name + "/"))
        && foldersOf(name).stream().noneMatch(files::contains);
  }

  void release(EntryPath path) {
    files.remove(path.value());
  }

  /// The folders above the path, parents first.
  static List<String> foldersOf(String name) {
    var folders = new ArrayList<String>();
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      folders.add(name.substring(0, end));
    }
    return folders;
  }
}
