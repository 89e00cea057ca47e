package dev.diagbundle.model;

import java.util.concurrent.ThreadLocalRandom;

/// A hash of texts that differs in each run of the program, so that nobody can construct a thousand
/// colliding names, as is possible for the hash of [String]. Safe for use by many threads.
public final class SecretHash {
  private final long factor = ThreadLocalRandom.current().nextLong() | 1;

  /// The hash of a text.
  public int of(String text) {
    long hash = 0;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash + text.charAt(i) + 1) * factor;
      hash ^= hash >>> 29;
    }
    return (int) (hash >>> 32);
  }
}
