package dev.diagbundle.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The bytes of one element of a [PackedList]; [PackedInput] reads them.
final class PackedOutput extends ByteArrayOutputStream {
  /// A number of any size; the closer to zero, the shorter.
  void number(long number) {
    long rest = (number << 1) ^ (number >> 63);
    while ((rest & ~0x7fL) != 0) {
      write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    write((int) rest);
  }

  /// Any text, also one with half a surrogate pair.
  void text(String text) {
    boolean narrow = text.chars().allMatch(c -> c < 0x100);
    number(text.length() * 2L + (narrow ? 0 : 1));
    if (narrow) {
      writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      write(text.charAt(i) >> 8);
      write(text.charAt(i));
    }
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(buf, 0, target, at, count);
  }
}
