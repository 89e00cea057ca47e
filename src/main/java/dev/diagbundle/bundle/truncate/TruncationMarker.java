package dev.diagbundle.bundle.truncate;

import module java.base;

/// A line added by diagbundle to a log, in place of an omitted part.
///
/// @param offset in the log as it is now
/// @param bytes of the line
/// @param lines that it adds: one, or two if it ends an incomplete line
/// @param missing the omitted part
/// @param limit because of which it is omitted
public record TruncationMarker(
    long offset, int bytes, int lines, Truncation.Missing missing, Limit limit) {
  /// The size of a marker, with some bytes to spare.
  static final long MAX_BYTES = 200;

  /// A limit on the size of a log.
  public enum Limit {
    /// That of its item.
    ITEM("the item's size limit"),
    /// That of the whole bundle.
    BUNDLE("the bundle's size limit");

    private final String words;

    Limit(String words) {
      this.words = words;
    }
  }

  static TruncationMarker of(
      long offset, Truncation.Missing missing, boolean endsLine, Limit limit) {
    int bytes = text(missing, endsLine, limit).length;
    return new TruncationMarker(offset, bytes, endsLine ? 2 : 1, missing, limit);
  }

  TruncationMarker at(long other) {
    return new TruncationMarker(other, bytes, lines, missing, limit);
  }

  byte[] text() {
    return text(missing, lines == 2, limit);
  }

  /// The part missing at all markers together, which are in their order.
  public static Truncation.Missing sum(List<TruncationMarker> notes) {
    return notes.stream()
        .map(TruncationMarker::missing)
        .reduce(Truncation.Missing.NOTHING, Truncation.Missing::and);
  }

  private static byte[] text(Truncation.Missing missing, boolean endsLine, Limit limit) {
    var times = missing.from().isEmpty() ? "" : ", " + missing.from() + " to " + missing.to();
    var line =
        String.format(
            "[diagbundle: %,d lines, %,d bytes%s left out, %s]\n",
            missing.lines(), missing.bytes(), times, limit.words);
    return ((endsLine ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8);
  }
}
