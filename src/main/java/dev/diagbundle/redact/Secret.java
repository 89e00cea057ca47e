package dev.diagbundle.redact;

/// Where a secret stands in a [Window].
///
/// @param rest the bytes that still belong to it if it is longer than rules look ahead
public record Secret(int from, int to, ByteSet rest) {
  public Secret {
    if (from > to) {
      throw new IllegalArgumentException("a secret ends at " + to + " before it begins at " + from);
    }
  }
}
