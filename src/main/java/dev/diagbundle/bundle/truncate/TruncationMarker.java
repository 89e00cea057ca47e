package dev.diagbundle.bundle.truncate;

import module java.base;

/// A line added by diagbundle to a log, in place of an omitted part.
///
/// @param offset in the log as it is now
/// @param bytes of the line
/// @param lines that it adds: one, or two if it ends an incomplete line
/// @param missing the omitted part
public record TruncationMarker(long offset, int bytes, int lines, Truncation.Missing missing) {
  /// The size of a marker, with some bytes to spare.
  static final long MAX_BYTES = 200;

  static TruncationMarker of(long offset, Truncation.Missing missing, boolean endsLine) {
    int bytes = text(missing, endsLine).length;
    return new TruncationMarker(offset, bytes, endsLine ? 2 : 1, missing);
  }

  byte[] text() {
    return text(missing, lines == 2);
  }

  /// The part missing at all markers together, which are in their order.
  public static Truncation.Missing sum(List<TruncationMarker> notes) {
    return notes.stream()
        .map(TruncationMarker::missing)
        .reduce(Truncation.Missing.NOTHING, Truncation.Missing::and);
  }

  private static byte[] text(Truncation.Missing missing, boolean endsLine) {
    var times = missing.from().isEmpty() ? "" : ", " + missing.from() + " to " + missing.to();
    var line =
        String.format(
            "[diagbundle: %,d lines, %,d bytes%s left out, the bundle's size limit]\n",
            missing.lines(), missing.bytes(), times);
    return ((endsLine ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8);
  }
}
