package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.model.EntryPath;

/// The paths in an archive: the used file names and the folders they need. The writer's lock guards
/// it.
public final class PathClaims {
  private final PathCounts files = new PathCounts();
  private final PathCounts folders = new PathCounts();

  /// Takes the path for one file.
  ///
  /// @throws IllegalStateException if it is taken, is a folder of another file, or would need a
  ///   file to be a folder
  public void claim(EntryPath path) {
    var name = path.value();
    if (folders.has(name)) {
      throw new IllegalStateException("'" + name + "' is already a folder");
    }
    var above = foldersOf(name);
    for (String folder : above) {
      if (files.has(folder)) {
        throw new IllegalStateException("'" + folder + "' is already a file");
      }
    }
    if (files.has(name)) {
      throw new IllegalStateException("'" + name + "' is already in the bundle");
    }
    files.add(name, 1);
    above.forEach(folder -> folders.add(folder, 1));
  }

  /// Returns whether [#claim] would accept the path.
  public boolean isFree(EntryPath path) {
    var name = path.value();
    return !files.has(name) && !folders.has(name) && fileAbove(path).isEmpty();
  }

  /// The file that is where the path needs a folder.
  public Optional<String> fileAbove(EntryPath path) {
    return foldersOf(path.value()).stream().filter(files::has).findFirst();
  }

  void release(EntryPath path) {
    files.add(path.value(), -1);
    foldersOf(path.value()).forEach(folder -> folders.add(folder, -1));
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
