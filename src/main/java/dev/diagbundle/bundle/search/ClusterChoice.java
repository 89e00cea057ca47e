package dev.diagbundle.bundle.search;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The selection of a bundle's files and items by cluster.
public final class ClusterChoice {
  private final List<Predicate<String>> names;
  private final List<String> words;

  private ClusterChoice(List<Predicate<String>> names, List<String> words) {
    this.names = names;
    this.words = words;
  }

  /// The choice of the clusters with such names; without any, of everything.
  ///
  /// @param globs names or globs
  public static ClusterChoice of(List<String> globs) throws DiagbundleException {
    for (String glob : globs) {
      var problem = Glob.problem(glob);
      if (problem.isPresent()) {
        throw new DiagbundleException(
            Problem.usage(
                "--cluster '" + Printable.line(glob) + "' is no name or glob: " + problem.get()));
      }
    }
    return new ClusterChoice(
        globs.stream().map(glob -> new Glob(glob).matcher()).toList(), List.copyOf(globs));
  }

  /// The files of those clusters, in the order given.
  ///
  /// @throws DiagbundleException if no cluster has such a name
  public List<Entry> files(List<Entry> files, Manifest.Run run) throws DiagbundleException {
    if (names.isEmpty()) {
      return files;
    }
    var folders = folders(run);
    return files.stream()
        .filter(file -> folders.contains(BundleLayout.placeOf(file.path()).folder()))
        .toList();
  }

  /// The items of those clusters, in the order given.
  public List<Item> items(List<Item> items, Manifest.Run run) throws DiagbundleException {
    if (names.isEmpty()) {
      return items;
    }
    var folders = folders(run);
    return items.stream().filter(item -> folders.contains(item.cluster())).toList();
  }

  private Set<String> folders(Manifest.Run run) throws DiagbundleException {
    var folders = new HashSet<String>();
    for (Manifest.Part part : run.clusters()) {
      if (names.stream().anyMatch(name -> name.test(part.name()))) {
        folders.add(part.place().folder());
      }
    }
    if (folders.isEmpty()) {
      throw new DiagbundleException(
          Problem.failure(
                  "no cluster '" + Printable.line(String.join("', '", words)) + "' in the bundle")
              .withHint(
                  "It has "
                      + Printable.line(
                          String.join(
                              ", ", run.clusters().stream().map(Manifest.Part::name).toList()))));
    }
    return folders;
  }
}
