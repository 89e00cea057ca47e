package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.manifest.Checksums;

/// Counters per path that use about 24 bytes each, regardless of the path's length. A path is
/// identified by 64 bits of a hash with a secret of its own, so that nobody can construct two that
/// collide; among a million paths, the chance for any two is one in 30 million. For one thread at a
/// time.
final class PathCounts {
  private static final int SECRET_BYTES = 16;

  private final MessageDigest digest = Checksums.newDigest();
  private final byte[] secret = new byte[SECRET_BYTES];
  private long[] keys = new long[256];
  private int[] counts = new int[256];
  private int used;

  PathCounts() {
    new SecureRandom().nextBytes(secret);
  }

  boolean has(String path) {
    return counts[slot(key(path))] > 0;
  }

  /// Adds or subtracts one.
  void add(String path, int one) {
    long key = key(path);
    int slot = slot(key);
    if (keys[slot] == 0) {
      if (used * 2 >= keys.length) {
        grow();
        slot = slot(key);
      }
      keys[slot] = key;
      used++;
    }
    counts[slot] += one;
  }

  private void grow() {
    var oldKeys = keys;
    var oldCounts = counts;
    keys = new long[oldKeys.length * 2];
    counts = new int[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
      }
    }
  }

  /// The slot of the key, occupied or free. Paths stay known when their number is zero again.
  private int slot(long key) {
    int slot = (int) key & (keys.length - 1);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private long key(String path) {
    digest.update(secret);
    var hash = digest.digest(path.getBytes(StandardCharsets.UTF_8));
    long key = ByteBuffer.wrap(Arrays.copyOf(hash, Long.BYTES)).getLong();
    return key == 0 ? 1 : key;
  }
}
