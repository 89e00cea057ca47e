package dev.diagbundle.report.input;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.PickedList;
import dev.diagbundle.model.SecretHash;

/// Finds the entries of an item: a sorted array of hashes with places in the list of entries.
final class ItemEntries {
  private final List<Entry> entries;
  private final SecretHash hash = new SecretHash();

  /// In the upper half the hash of an entry's item, in the lower the entry's place.
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

  /// In the order of the archive; none if no item is named.
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
