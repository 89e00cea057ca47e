package dev.diagbundle.bundle.merge;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Item;

/// The items of several bundles. Items requested by several bundles stay separate, because each has
/// its own outcome.
final class MergedItems {
  private final MergedClusters clusters;
  private final Map<String, Item> all = new LinkedHashMap<>();
  private final List<Map<String, String>> ids = new ArrayList<>();

  MergedItems(MergedClusters clusters) {
    this.clusters = clusters;
  }

  /// Adds the items of the next bundle.
  void add(int source, List<Item> items) {
    var mapped = new HashMap<String, String>();
    Set<String> own = new HashSet<>();
    for (Item item : items) {
      var was = was(item);
      var place = clusters.place(source, was).orElse(was);
      var within =
          item.id().startsWith(was.prefix())
              ? item.id().substring(was.prefix().length())
              : item.id();
      var id = place.item(within);
      var free = id;
      for (int number = 2; all.containsKey(free); number++) {
        free = id + "~" + number;
      }
      var joined =
          new Item(
              free,
              item.kind(),
              item.node(),
              item.name(),
              item.outcome(),
              item.receivedBytes(),
              item.took(),
              place.folder());
      // The first of a bundle's own items counts, should its ids not be unique.
      if (own.add(item.id())) {
        mapped.put(item.id(), free);
      }
      all.put(free, joined);
    }
    ids.add(mapped);
  }

  /// The id that an item of a bundle has now; empty for none.
  String id(int source, String was) {
    return ids.get(source).getOrDefault(was, "");
  }

  List<Item> all() {
    return List.copyOf(all.values());
  }

  private static ClusterPlace was(Item item) {
    return BundleLayout.isFolderName(item.cluster())
        ? new ClusterPlace(item.cluster())
        : ClusterPlace.TOP;
  }
}
