package dev.diagbundle.report;

import dev.diagbundle.bundle.Item;
import java.util.EnumMap;
import java.util.List;

/// How many items ended how. Everywhere in the page: collected + shortened + missing = planned −
/// not applicable.
record ItemTally(int collected, int shortened, int missing, int notApplicable) {
  static ItemTally of(List<Item> items) {
    var counts = new EnumMap<ItemState, Integer>(ItemState.class);
    for (var item : items) {
      counts.merge(ItemState.of(item.outcome()), 1, Integer::sum);
    }
    return new ItemTally(
        counts.getOrDefault(ItemState.OK, 0),
        counts.getOrDefault(ItemState.PART, 0),
        counts.getOrDefault(ItemState.MISS, 0),
        counts.getOrDefault(ItemState.NA, 0));
  }

  /// Planned items that there was something to collect for.
  int applicable() {
    return collected + shortened + missing;
  }

  int gaps() {
    return shortened + missing;
  }

  /// `79 of 108 items collected, 1 of them shortened; 29 missing`.
  String sentence() {
    var text =
        Wording.count(collected + (long) shortened)
            + " of "
            + Wording.count(applicable(), "item")
            + " collected";
    if (shortened > 0) {
      text += ", " + Wording.count(shortened) + " of them shortened";
    }
    return missing > 0 ? text + "; " + Wording.count(missing) + " missing" : text;
  }
}
