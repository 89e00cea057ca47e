package dev.diagbundle.report.input;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.PickedList;
import dev.diagbundle.model.SecretHash;

/// An index of the entries of items: a sorted array of hashes with places in the list of entries.
final class ItemEntries {
  private final List<Entry> entries;
  private final SecretHash hash = new SecretHash();

  /// The hash of an entry's item in the upper half, the entry's place in the lower half.
  private final long[] places;

  ItemEntries(List<Entry> entries) {
    this.entries = entries;
    this.places = new long[entries.size()];
    int place = 0;
    for (Entry entry : entries) {
      places[place] = first(entry.item()) | place;
      place++;
    }
    Arrays.sort(places);
  }

  /// The entries of an item, in the order of the archive; none if the item is empty.
  List<Entry> of(String item) {
    var found = new PickedList<>(entries);
    if (item.isEmpty()) {
      return found;
    }
    long first = first(item);
    int at = Arrays.binarySearch(places, first);
    for (int i = at < 0 ? -at - 1 : at;
        i < places.length && places[i] >>> 32 == first >>> 32;
        i++) {
      int place = (int) places[i];
      if (entries.get(place).item().equals(item)) {
        found.pick(place);
      }
    }
    return found;
  }

  private long first(String item) {
    return (long) hash.of(item) << 32;
  }
}
