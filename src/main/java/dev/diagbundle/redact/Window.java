package dev.diagbundle.redact;

import java.nio.charset.StandardCharsets;

/// The part of a text that a rule may look at. It remembers if a rule looked beyond what has come.
public final class Window {
  /// So far beyond the beginning of its literal a rule can see. The private key of RSA with 16,384
  /// bits has 12,700 bytes as PEM.
  public static final int REACH = 16 * 1024;

  /// So far before its literal a rule can see at least.
  public static final int CONTEXT = 128;

  /// What is read beyond either end.
  static final int NONE = -1;

  private final byte[] bytes;
  private final int length;
  private final boolean whole;
  private int limit;
  private long looks;
  private boolean mayGrow;
  private boolean tooShort;

  /// @param length of what has come
  /// @param whole whether nothing more will come
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

  /// How many bytes were looked at so far, counting each as often as it was.
  long looks() {
    return looks;
  }

  /// Whether a rule wanted to see what has not come yet.
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

  /// Whether the text stands there, in any case.
  boolean has(int i, String lowerCase) {
    for (int k = 0; k < lowerCase.length(); k++) {
      if (lower(i + k) != lowerCase.charAt(k)) {
        return false;
      }
    }
    return true;
  }

  /// Where the run of these bytes ends.
  int skip(int from, ByteSet bytes) {
    int i = from;
    while (bytes.has(get(i))) {
      i++;
    }
    return i;
  }

  /// Where the run of these bytes ends, looking at no more than so many.
  int skip(int from, ByteSet bytes, int most) {
    int i = from;
    while (i < from + most && bytes.has(get(i))) {
      i++;
    }
    return i;
  }

  /// Where the run of these bytes that ends here begins, looking at no more than so many.
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
