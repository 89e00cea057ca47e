package dev.diagbundle.bundle.truncate;

import module java.base;

import dev.diagbundle.model.ErrorLine;

/// A search for the first and the newest error of a log, and for the lines around them. For one
/// thread.
final class ErrorSearch {
  private static final int LINES_BEFORE = 30;
  private static final int LINES_BEHIND = 60;
  private static final int MAX_LINE = 1024;

  private final long maxBefore;
  private final long maxBehind;
  private final long[] starts = new long[LINES_BEFORE];
  private final byte[] line = new byte[MAX_LINE];
  private final Surroundings first = new Surroundings();
  private final Surroundings newest = new Surroundings();
  private int length;
  private long position;
  private long lineStart;
  private long lines;

  /// @param maxBefore maximum number of bytes wanted before an error
  /// @param maxBehind maximum number of bytes from its start on
  ErrorSearch(long maxBefore, long maxBehind) {
    this.maxBefore = maxBefore;
    this.maxBehind = maxBehind;
    Arrays.fill(starts, Long.MAX_VALUE);
  }

  void take(byte[] bytes, int from, int count) {
    for (int i = from; i < from + count; i++, position++) {
      if (bytes[i] == '\n') {
        endLine(position + 1);
      } else if (length < MAX_LINE) {
        line[length++] = bytes[i];
      }
    }
  }

  /// Returns whether a part of the log belongs to the surroundings of an error, as far as is known.
  boolean needs(long from, long to) {
    return first.overlaps(from, to) || newest.overlaps(from, to);
  }

  /// The ranges found when the log has ended, in its order and without overlap.
  List<KeptRanges.Part> parts() {
    if (length > 0) {
      endLine(position);
    }
    var parts = new ArrayList<KeptRanges.Part>();
    if (first.found()) {
      parts.add(new KeptRanges.Part(first.from, first.to));
      long from = Math.max(newest.from, first.to);
      if (newest.to > from) {
        parts.add(new KeptRanges.Part(from, newest.to));
      }
    }
    return parts;
  }

  private void endLine(long end) {
    if (ErrorLine.is(line, length)) {
      if (!first.found()) {
        first.begin(end);
      }
      newest.begin(end);
    }
    first.extend(end);
    newest.extend(end);
    starts[(int) (lines % LINES_BEFORE)] = lineStart;
    lines++;
    lineStart = end;
    length = 0;
  }

  /// An error's line, and those around it.
  private final class Surroundings {
    private long error = -1;
    private long from;
    private long to;
    private int behind;

    boolean found() {
      return error >= 0;
    }

    boolean overlaps(long start, long end) {
      return found() && start < to && from < end;
    }

    /// Begins at the line that has just been read.
    void begin(long end) {
      error = lineStart;
      from = lineStart;
      for (long start : starts) {
        if (start < from && lineStart - start <= maxBefore) {
          from = start;
        }
      }
      // For a line that is too long, its start.
      to = Math.min(end, error + maxBehind);
      behind = 0;
    }

    void extend(long end) {
      if (found() && behind < LINES_BEHIND && end - error <= maxBehind) {
        to = Math.max(to, end);
        behind++;
      }
    }
  }
}
