package dev.diagbundle.bundle.manifest;

import java.nio.charset.StandardCharsets;

/// A reader of the bytes that a [PackedOutput] has written.
final class PackedInput {
  private final byte[] bytes;
  private int position;

  PackedInput(byte[] bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  long number() {
    long coded = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[position++];
      coded |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return (coded >>> 1) ^ -(coded & 1);
  }

  String text() {
    long head = number();
    int length = (int) (head >> 1);
    if ((head & 1) == 0) {
      var text = new String(bytes, position, length, StandardCharsets.ISO_8859_1);
      position += length;
      return text;
    }
    var chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = (char) (((bytes[position++] & 0xff) << 8) | (bytes[position++] & 0xff));
    }
    return new String(chars);
  }

  byte[] bytes(int count) {
    var part = new byte[count];
    System.arraycopy(bytes, position, part, 0, count);
    position += count;
    return part;
  }
}
