package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.TimeWindow;

/// A filter that writes the entries of a window, unchanged, with the marks between them. For one
/// thread.
final class WindowFilter {
  /// The journal's order is not strictly that of time, so the first late entry is not the end.
  private static final int LATE_ENTRIES = 200;

  private static final Duration GRACE = Duration.ofSeconds(60);

  private final long from;
  private final long to;
  private final Optional<LinePattern> pattern;
  private final OutputStream out;
  private byte[] mark = {};
  private int late;
  private long kept;
  private boolean inLine;

  /// @param pattern the pattern that entries have to match
  WindowFilter(TimeWindow window, Optional<LinePattern> pattern, OutputStream out) {
    // A stamp has microseconds: the first one that is not before the instant.
    this.from = LineStamp.micros(window.from());
    this.to = LineStamp.micros(window.to());
    this.pattern = pattern;
    this.out = out;
  }

  /// The number of entries written.
  long kept() {
    return kept;
  }

  /// Returns whether so many entries came from behind the window that no more of it are expected.
  boolean isPast() {
    return late > LATE_ENTRIES;
  }

  /// Holds the mark, which is written if an entry of the window follows.
  void mark(byte[] line) {
    mark = line;
  }

  /// Returns whether an entry that was not seen before is wanted. It is called once for each, in
  /// order.
  ///
  /// @param text at least its beginning
  boolean wants(long micros, byte[] text, int length) {
    late = micros < to + GRACE.toSeconds() * 1_000_000 ? 0 : late + 1;
    return micros >= from && micros < to && (pattern.isEmpty() || pattern.get().isIn(text, length));
  }

  /// Writes the beginning of a wanted entry, or all of it.
  void begin(byte[] text, int length) throws IOException {
    if (inLine) {
      // The previous entry never came completely.
      out.write('\n');
      inLine = false;
    }
    if (kept > 0) {
      out.write(mark);
    }
    mark = new byte[0];
    kept++;
    more(text, 0, length);
  }

  /// Writes more of the entry that was begun last.
  void more(byte[] text, int from, int to) throws IOException {
    if (to > from) {
      out.write(text, from, to - from);
      inLine = text[to - 1] != '\n';
    }
  }
}
