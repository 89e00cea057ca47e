package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.model.BlockOutputStream;
import dev.diagbundle.model.LineStamp;

/// The output stream that splits a log into frames of a [LogSpool]: an entry begins at a line with
/// a stamp, or at one of journalctl's marks, which stands before the entry that it belongs to; all
/// other lines belong to the entry before them. Closing it passes on the rest. For one thread.
final class FramingOutputStream extends BlockOutputStream {
  private final LogSpool spool;
  private final LineStamp stamps;
  private final byte[] held = new byte[LogSpool.MAX_FRAME_BYTES];
  private int length;
  private long micros = LineStamp.NONE;
  private boolean inLine;
  private boolean marked;

  FramingOutputStream(LogSpool spool, LineStamp stamps) {
    this.spool = spool;
    this.stamps = stamps;
  }

  /// Passes on the bytes of one write at once, except a mark.
  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int at = offset;
    int end = offset + count;
    while (at < end) {
      int next = at;
      int most = Math.min(end, at + held.length);
      while (next < most && bytes[next] != '\n') {
        next++;
      }
      boolean whole = next < most;
      int to = whole ? next + 1 : next;
      line(bytes, at, to);
      inLine = !whole;
      at = to;
    }
    if (!marked) {
      pass();
    }
  }

  @Override
  public void close() throws IOException {
    pass();
  }

  private void line(byte[] bytes, int from, int to) throws IOException {
    long stamp = inLine ? LineStamp.NONE : stamps.journalMicros(bytes, from, to);
    boolean mark = !inLine && isMark(bytes, from, to);
    boolean begins = (stamp != LineStamp.NONE || mark) && !marked;
    if (begins || length + to - from > held.length) {
      pass();
    }
    if (stamp != LineStamp.NONE) {
      micros = stamp;
      marked = false;
    } else {
      marked |= mark;
    }
    System.arraycopy(bytes, from, held, length, to - from);
    length += to - from;
  }

  private static boolean isMark(byte[] bytes, int from, int to) {
    return to - from > 3 && bytes[from] == '-' && bytes[from + 1] == '-' && bytes[from + 2] == ' ';
  }

  private void pass() throws IOException {
    if (length == 0) {
      return;
    }
    try {
      spool.append(micros, held, 0, length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    length = 0;
    micros = LineStamp.NONE;
    marked = false;
  }
}
