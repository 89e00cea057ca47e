package dev.diagbundle.redact;

import java.nio.charset.StandardCharsets;

/// The part of a text that is visible to a rule. It records whether a rule read beyond the
/// available text.
public final class Window {
  /// The number of bytes visible to a rule after the start of its literal. The private key of RSA
  /// with 16,384 bits has 12,700 bytes as PEM.
  public static final int REACH = 16 * 1024;

  /// The minimum number of bytes visible to a rule before its literal.
  public static final int CONTEXT = 128;

  /// The value read beyond either end.
  static final int NONE = -1;

  private final byte[] bytes;
  private final int length;
  private final boolean whole;
  private int limit;
  private long looks;
  private boolean mayGrow;
  private boolean tooShort;

  /// @param length of the available text
  /// @param whole whether the text is complete
  Window(byte[] bytes, int length, boolean whole) {
    this.bytes = bytes;
    this.length = length;
    this.whole = whole;
    this.limit = length;
  }

  /// Makes it the window of one literal.
  Window at(int start) {
    limit = Math.min(length, start + REACH);
    mayGrow = !whole && length < start + REACH;
    tooShort = false;
    return this;
  }

  /// The number of byte inspections so far.
  long looks() {
    return looks;
  }

  /// Returns whether a rule read beyond the available text.
  boolean wasTooShort() {
    return tooShort;
  }

  /// The byte, or -1 outside.
  int get(int i) {
    looks++;
    if (i < limit) {
      return i < 0 ? NONE : bytes[i] & 0xff;
    }
    tooShort |= mayGrow;
    return NONE;
  }

  /// The byte, letters of ASCII in lower case.
  int lower(int i) {
    int b = get(i);
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  /// Returns whether the text is at that position, in any case.
  boolean has(int i, String lowerCase) {
    for (int k = 0; k < lowerCase.length(); k++) {
      if (lower(i + k) != lowerCase.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /// The end of the run of these bytes.
  int skip(int from, ByteSet bytes) {
    int i = from;
    while (bytes.has(get(i))) {
      i++;
    }
    return i;
  }

  /// The end of the run of these bytes, limited to a maximum length.
  int skip(int from, ByteSet bytes, int most) {
    int i = from;
    while (i < from + most && bytes.has(get(i))) {
      i++;
    }
    return i;
  }

  /// The start of the run of these bytes that ends here, limited to a maximum length.
  int skipBack(int from, ByteSet bytes, int most) {
    int i = from;
    while (i > 0 && i > from - most && bytes.has(get(i - 1))) {
      i--;
    }
    return i;
  }

  /// Each byte as the character of the same number.
  String text(int from, int to) {
    looks += to - from;
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
