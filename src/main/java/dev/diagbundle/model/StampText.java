package dev.diagbundle.model;

/// Bytes that are read as the parts of a date and a time, from left to right. What does not fit
/// fails the whole reading. For one thread.
final class StampText {
  private byte[] bytes = new byte[0];
  private int end;
  private int at;
  private boolean failed;

  /// Begins at a place in a line.
  StampText at(byte[] line, int from, int to) {
    bytes = line;
    at = from;
    end = to;
    failed = false;
    return this;
  }

  boolean failed() {
    return failed;
  }

  /// Where the next byte is.
  int position() {
    return at;
  }

  /// The next byte, -1 at the end.
  int peek() {
    return at < end ? bytes[at] & 0xff : -1;
  }

  /// A number of at least and at most so many digits.
  int number(int min, int max) {
    int number = 0;
    int digits = 0;
    while (digits < max && isDigit(peek())) {
      number = 10 * number + bytes[at++] - '0';
      digits++;
    }
    failed |= digits < min;
    return number;
  }

  /// One of these characters.
  int oneOf(String allowed) {
    int next = peek();
    if (next < 0 || allowed.indexOf(next) < 0) {
      failed = true;
      return -1;
    }
    at++;
    return next;
  }

  /// This character, if it is the next one.
  boolean skip(int wanted) {
    if (peek() == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /// These characters, if they are the next ones; letter case does not count.
  boolean skipWord(String word) {
    if (end - at < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[at + i] | 0x20) != (word.charAt(i) | 0x20)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  void skipBlanks() {
    while (peek() == ' ') {
      at++;
    }
  }

  /// A fraction of a second behind its point, in microseconds; zero if there is none.
  int fraction() {
    int next = peek();
    if ((next != '.' && next != ',') || at + 1 >= end || !isDigit(bytes[at + 1])) {
      return 0;
    }
    at++;
    int micros = 0;
    int digits = 0;
    while (isDigit(peek())) {
      if (digits < 6) {
        micros = 10 * micros + bytes[at] - '0';
        digits++;
      }
      at++;
    }
    for (; digits < 6; digits++) {
      micros *= 10;
    }
    return micros;
  }

  static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
