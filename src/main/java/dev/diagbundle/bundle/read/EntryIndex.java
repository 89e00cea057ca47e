package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.SecretHash;

/// An index of the entries of a list by path: a hash table of positions in the list. Safe for use
/// by many threads.
public final class EntryIndex {
  private final List<Entry> entries;
  private final SecretHash secret = new SecretHash();
  private final int[] hashes;

  /// Places in the list, from 1 on; 0 is none.
  private final int[] slots;

  /// An index without anything in it.
  ///
  /// @param entries the entries to add, at most 300 million
  public EntryIndex(List<Entry> entries) {
    this.entries = entries;
    this.hashes = new int[entries.size()];
    this.slots = new int[Integer.highestOneBit(Math.max(8, entries.size() * 3))];
  }

  public Optional<Entry> find(EntryPath path) {
    int hash = secret.of(path.value());
    for (int slot = slot(hash); slots[slot] != 0; slot = next(slot)) {
      int place = slots[slot] - 1;
      if (hashes[place] == hash) {
        var entry = entries.get(place);
        if (entry.path().equals(path)) {
          return Optional.of(entry);
        }
      }
    }
    return Optional.empty();
  }

  /// Adds the entry at the place. For one thread, before any searches.
  ///
  /// @return false if one with the same path is there already
  public boolean add(EntryPath path, int place) {
    int hash = secret.of(path.value());
    int slot = slot(hash);
    for (; slots[slot] != 0; slot = next(slot)) {
      int other = slots[slot] - 1;
      if (hashes[other] == hash && entries.get(other).path().equals(path)) {
        return false;
      }
    }
    hashes[place] = hash;
    slots[slot] = place + 1;
    return true;
  }

  private int slot(int hash) {
    return hash & (slots.length - 1);
  }

  private int next(int slot) {
    return (slot + 1) & (slots.length - 1);
  }
}
