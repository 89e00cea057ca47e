package dev.diagbundle.bundle.search;

import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.TimeWindow;

/// A filter of log lines. It is called once for each line, in their order. For one thread.
@FunctionalInterface
interface LineFilter {
  /// Every line.
  LineFilter ALL = _ -> true;

  /// Returns whether the line passes.
  boolean contains(byte[] line);

  /// The lines of a span of time. A line without a time belongs to the one before it.
  final class Timed implements LineFilter {
    private final LineStamp stamps;
    private final long from;
    private final long to;
    private long micros;

    /// @param first the time of lines before the first that has one
    Timed(LineStamp stamps, long first, TimeWindow span) {
      this.stamps = stamps;
      this.micros = first;
      this.from = LineStamp.micros(span.from());
      this.to = LineStamp.micros(span.to());
    }

    @Override
    public boolean contains(byte[] line) {
      long own = stamps.micros(line, 0, line.length);
      if (own != LineStamp.NONE) {
        micros = own;
      }
      return micros >= from && micros < to;
    }
  }
}
