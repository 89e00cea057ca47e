package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.OverBudgetException;
import dev.diagbundle.model.Outcome;

/// The sealing of a bundle whose limit may have no room for the details of every item: a shorter
/// manifest is better than no bundle.
final class ShortenedItems {
  private ShortenedItems() {}

  /// Seals the bundle with the items; if they do not fit, without their details; if even that is
  /// too large, with one item for all items of a kind with the same outcome.
  static BundleContents seal(BundleWriter bundle, Manifest.Run run, List<Item> items)
      throws IOException {
    try {
      return bundle.seal(run, items);
    } catch (OverBudgetException e) {
      return sealShorter(bundle, run, items);
    }
  }

  private static BundleContents sealShorter(BundleWriter bundle, Manifest.Run run, List<Item> items)
      throws IOException {
    try {
      return bundle.seal(run, items.stream().map(ShortenedItems::withoutDetail).toList());
    } catch (OverBudgetException e) {
      return bundle.seal(run, summed(items));
    }
  }

  private static Item withoutDetail(Item item) {
    return item.withOutcome(told(item.outcome(), ""));
  }

  static List<Item> summed(List<Item> items) {
    var sums = new LinkedHashMap<List<String>, Sum>();
    for (Item item : items) {
      var key = List.of(item.cluster(), item.kind().label(), told(item.outcome(), "").toString());
      sums.merge(key, new Sum(item, 1, item.receivedBytes()), Sum::plus);
    }
    return sums.values().stream().map(Sum::item).toList();
  }

  /// The sum of the items of a kind with the same outcome.
  private record Sum(Item first, int count, long bytes) {
    Sum plus(Sum other) {
      return new Sum(first, count + other.count, bytes + other.bytes);
    }

    Item item() {
      if (count == 1) {
        return withoutDetail(first);
      }
      var outcome = told(first.outcome(), "not all are listed for lack of space");
      var name = "(" + count + " items)";
      var reason = outcome.why().map(why -> "/" + why.label()).orElse("");
      var place = new ClusterPlace(first.cluster());
      var id = place.item(first.kind().label() + "/" + name + "/" + outcome.label() + reason);
      return new Item(id, first.kind(), "", name, outcome, bytes, Duration.ZERO, first.cluster());
    }
  }

  private static Outcome told(Outcome outcome, String detail) {
    return outcome instanceof Outcome.Collected ? outcome : outcome.withWords(detail);
  }
}
