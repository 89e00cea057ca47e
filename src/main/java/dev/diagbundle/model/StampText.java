package dev.diagbundle.model;

import module java.base;

/// A cursor over bytes that reads the parts of a date and a time, from left to right. A part that
/// does not match fails the whole reading. For one thread.
final class StampText {
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  /// The year 2200.
  private static final long MAX_SECONDS = 7_258_118_400L;

  private final long zoneSeconds;
  private byte[] bytes = new byte[0];
  private int end;
  private int at;
  private boolean failed;
  private int lastDate;
  private long lastDay;

  /// @param zoneSeconds offset from UTC of times without a zone
  StampText(long zoneSeconds) {
    this.zoneSeconds = zoneSeconds;
  }

  /// Starts at a position in a line.
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

  /// The position of the next byte.
  int position() {
    return at;
  }

  /// The next byte, -1 at the end.
  int peek() {
    return at < end ? bytes[at] & 0xff : -1;
  }

  /// A number with a minimum and maximum count of digits.
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
    boolean skips = isNext(word, 0, word.length());
    at += skips ? word.length() : 0;
    return skips;
  }

  /// The short name of a month in English, as its number from 1; zero if there is none.
  int month() {
    for (int i = 0; i < MONTHS.length(); i += 3) {
      if (isNext(MONTHS, i, 3)) {
        at += 3;
        return i / 3 + 1;
      }
    }
    return 0;
  }

  private boolean isNext(String words, int from, int length) {
    if (end - at < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if ((bytes[at + i] | 0x20) != (words.charAt(from + i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  void skipBlanks() {
    while (peek() == ' ') {
      at++;
    }
  }

  /// A fraction of a second after its point, in microseconds; zero if there is none.
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

  /// A date, year first, and a time, in microseconds since 1970; [LineStamp#NONE] if it is none.
  long yearFirst() {
    int year = number(4, 4);
    int separator = oneOf("-/");
    int month = number(1, 2);
    if (!skip(separator)) {
      return LineStamp.NONE;
    }
    int day = number(1, 2);
    oneOf("T ");
    skipBlanks();
    return timeOf(year, month, day, true);
  }

  /// The same in the form of access logs: `21/Nov/2026:02:31:04 +0000`.
  long dayFirst() {
    int day = number(2, 2);
    oneOf("/");
    int month = month();
    oneOf("/");
    int year = number(4, 4);
    oneOf(":");
    return timeOf(year, month, day, true);
  }

  /// Seconds since 1970, as zap writes them, or milliseconds, as Kubernetes' own programs do; in
  /// microseconds.
  long epoch() {
    long seconds = number(9, 9) * 10L + number(1, 1);
    boolean finer = isDigit(peek());
    int millis = finer ? number(3, 3) : 0;
    if (failed || seconds > MAX_SECONDS || isDigit(peek())) {
      return LineStamp.NONE;
    }
    int fraction = fraction();
    return seconds * 1_000_000 + millis * 1_000L + (finer ? fraction / 1_000 : fraction);
  }

  /// The time of day that comes next, in microseconds since 1970.
  ///
  /// @param zoned whether a zone may follow
  long timeOf(int year, int month, int day, boolean zoned) {
    int hour = number(1, 2);
    oneOf(":.");
    int minute = number(2, 2);
    oneOf(":.");
    int second = number(2, 2);
    int micros = fraction();
    if (failed
        || day > 31
        || hour > 23
        || minute > 59
        || second > 60
        || year < 1970
        || year > 2200) {
      return LineStamp.NONE;
    }
    long zone = zoned ? zone() : zoneSeconds;
    // Neighbours mostly share their day.
    int date = (year * 100 + month) * 100 + day;
    if (date != lastDate) {
      try {
        lastDay = LocalDate.of(year, month, day).toEpochDay();
      } catch (DateTimeException _) {
        return LineStamp.NONE;
      }
      lastDate = date;
    }
    long seconds = lastDay * 86_400 + hour * 3_600L + minute * 60L + Math.min(second, 59) - zone;
    return seconds * 1_000_000 + micros;
  }

  /// Seconds ahead of UTC.
  private long zone() {
    if (skip('Z')) {
      return 0;
    }
    int before = at;
    var _ = skip(' ');
    int sign = peek() == '-' ? -1 : 1;
    oneOf("+-");
    int hours = number(2, 2);
    var _ = skip(':');
    int minutes = number(2, 2);
    if (failed || hours > 18 || isDigit(peek())) {
      at = before;
      failed = false;
      return zoneSeconds;
    }
    return sign * (hours * 3_600L + minutes * 60L);
  }

  static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
