package dev.diagbundle.bundle.truncate;

import module java.base;

import dev.diagbundle.model.LineStamp;

/// The stamps of the first and of the last line of a log that have one, as written there. It reads
/// the starts of lines only. For one thread.
public final class StampSpan {
  private static final int MAX_PREFIX = 200;

  /// Only the text of a stamp matters, not the time it denotes.
  private final LineStamp stamps = new LineStamp(Instant.EPOCH, ZoneOffset.UTC);

  private byte[] prefix = new byte[MAX_PREFIX];
  private byte[] last = new byte[MAX_PREFIX];
  private int length;
  private int lastLength;
  private String first = "";

  /// The stamps found.
  ///
  /// @param from of the first line; empty if no line has a stamp
  /// @param to of the last line
  public record Found(String from, String to) {
    public static final Found NONE = new Found("", "");
  }

  public void take(byte[] bytes, int from, int count) {
    int end = from + count;
    for (int at = from; at < end; at++) {
      int begin = at;
      while (at < end && bytes[at] != '\n') {
        at++;
      }
      int part = Math.min(at - begin, MAX_PREFIX - length);
      System.arraycopy(bytes, begin, prefix, length, part);
      length += part;
      if (at < end) {
        endLine();
      }
    }
  }

  public Found found() {
    endLine();
    if (first.isEmpty()) {
      return Found.NONE;
    }
    var _ = stamps.micros(last, 0, lastLength);
    return new Found(first, stamps.written(last));
  }

  private void endLine() {
    if (stamps.micros(prefix, 0, length) != LineStamp.NONE) {
      if (first.isEmpty()) {
        first = stamps.written(prefix);
      }
      var free = last;
      last = prefix;
      lastLength = length;
      prefix = free;
    }
    length = 0;
  }
}
