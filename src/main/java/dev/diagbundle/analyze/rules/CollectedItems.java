package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Evidence;
import dev.diagbundle.analyze.ObjectName;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.model.Reason;
import java.util.List;

/// Items of the manifest as evidence and as names.
final class CollectedItems {
  private CollectedItems() {}

  /// Where the manifest names the item; its lines are not counted.
  static Evidence evidence(Item item) {
    return new Evidence(
        "manifest.json",
        0,
        0,
        List.of("item " + item.id() + ": " + item.outcome().label(), item.outcome().words()));
  }

  static ObjectName name(Item item) {
    return new ObjectName("item", "", item.id());
  }

  /// The reason's spelling; how it ended if it has none.
  static String reason(Item item) {
    return item.outcome().why().map(Reason::label).orElse(item.outcome().label());
  }
}
