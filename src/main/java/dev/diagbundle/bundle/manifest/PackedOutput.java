package dev.diagbundle.bundle.manifest;

import module java.base;

/// The bytes of one element of a [PackedList]; [PackedInput] reads them. For one thread at a time.
final class PackedOutput {
  private byte[] bytes = new byte[512];
  private int size;

  /// Starts the next element.
  void reset() {
    size = 0;
  }

  int size() {
    return size;
  }

  /// A number of any size; the closer to zero, the shorter.
  void number(long number) {
    long rest = (number << 1) ^ (number >> 63);
    need(10);
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /// Any text, also one with half a surrogate pair.
  void text(String text) {
    boolean narrow = isNarrow(text);
    number(text.length() * 2L + (narrow ? 0 : 1));
    if (narrow) {
      bytes(text.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    need(text.length() * 2);
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) (text.charAt(i) >> 8);
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  void bytes(byte[] more) {
    need(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, size);
  }

  private static boolean isNarrow(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x100) {
        return false;
      }
    }
    return true;
  }

  private void need(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
