package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.TimeWindow;

/// Writes the entries of a window, as they are, with the marks between them. For one thread.
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

  /// @param pattern that entries have to contain
  WindowFilter(TimeWindow window, Optional<LinePattern> pattern, OutputStream out) {
    // A stamp has microseconds: the first one that is not before the instant.
    this.from = LineStamp.micros(window.from());
    this.to = LineStamp.micros(window.to());
    this.pattern = pattern;
    this.out = out;
  }

  /// How many entries were written.
  long kept() {
    return kept;
  }

  /// Whether so many entries came from behind the window that no more of it is to be expected.
  boolean isPast() {
    return late > LATE_ENTRIES;
  }

  /// Remembers the mark, which is written if an entry of the window follows.
  void mark(byte[] line) {
    mark = line;
  }

  /// Whether an entry that was not seen before is wanted. Each is asked about once, in its turn.
  ///
  /// @param text at least its beginning
  boolean wants(long micros, byte[] text, int length) {
    late = micros < to + GRACE.toSeconds() * 1_000_000 ? 0 : late + 1;
    return micros >= from && micros < to && (pattern.isEmpty() || pattern.get().isIn(text, length));
  }

  /// Writes the beginning of a wanted entry, or all of it.
  void begin(byte[] text, int length) throws IOException {
    if (inLine) {
      // The entry before never came whole.
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
