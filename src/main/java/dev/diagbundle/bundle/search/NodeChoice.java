package dev.diagbundle.bundle.search;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The selection of a bundle's files and items by node.
public final class NodeChoice {
  private final Optional<Predicate<String>> names;

  private NodeChoice(Optional<Predicate<String>> names) {
    this.names = names;
  }

  /// The choice of the nodes with such names; without any, of everything.
  ///
  /// @param globs names or globs
  public static NodeChoice of(List<String> globs) throws DiagbundleException {
    Predicate<String> any = _ -> false;
    for (String glob : globs) {
      var problem = Glob.problem(glob);
      if (problem.isPresent()) {
        throw new DiagbundleException(
            Problem.usage(
                "--node '" + Printable.line(glob) + "' is no name or glob: " + problem.get()));
      }
      any = any.or(new Glob(glob).matcher());
    }
    return new NodeChoice(globs.isEmpty() ? Optional.empty() : Optional.of(any));
  }

  /// The files of those nodes, in the order given.
  public List<Entry> files(List<Entry> files, List<Item> items) {
    if (names.isEmpty()) {
      return files;
    }
    Map<String, String> nodes = new HashMap<>();
    items.forEach(item -> nodes.put(item.id(), item.node()));
    return files.stream()
        .filter(file -> names.get().test(nodeOf(file, nodes.getOrDefault(file.item(), ""))))
        .toList();
  }

  /// The items of those nodes, in the order given.
  public List<Item> items(List<Item> items) {
    if (names.isEmpty()) {
      return items;
    }
    return items.stream().filter(item -> names.get().test(item.node())).toList();
  }

  /// The node of a file: its item's, or else the folder's below `nodes`.
  private static String nodeOf(Entry file, String itemNode) {
    if (!itemNode.isEmpty()) {
      return itemNode;
    }
    var segments = file.path().segments();
    int at = BundleLayout.placeOf(file.path()).equals(ClusterPlace.TOP) ? 0 : 2;
    return segments.size() > at + 2 && segments.get(at).equals("nodes") ? segments.get(at + 1) : "";
  }
}
