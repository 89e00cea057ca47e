package dev.diagbundle.report.collection;

import module java.base;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.report.html.TextFormat;

/// The numbers of items by outcome. Everywhere in the page: collected + shortened + missing =
/// planned − not applicable.
public record ItemTally(int collected, int shortened, int missing, int notApplicable) {
  public static ItemTally of(List<Item> items) {
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

  /// The number of planned items that had something to collect.
  public int applicable() {
    return collected + shortened + missing;
  }

  public int gaps() {
    return shortened + missing;
  }

  /// The tally as a sentence: `79 of 108 items collected, 1 of them truncated; 29 missing`.
  public String sentence() {
    var text =
        TextFormat.count(collected + (long) shortened)
            + " of "
            + TextFormat.count(applicable(), "item")
            + " collected";
    if (shortened > 0) {
      text += ", " + TextFormat.count(shortened) + " of them truncated";
    }
    return missing > 0 ? text + "; " + TextFormat.count(missing) + " missing" : text;
  }
}
