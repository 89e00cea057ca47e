package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.model.BlockOutputStream;
import dev.diagbundle.model.LinePattern;

/// A filter stream that writes only the lines that match a pattern. If a line is too long to be
/// held, its beginning decides. Closing it writes an unterminated last line, and leaves the
/// underlying stream open. For one thread.
final class MatchingOutputStream extends BlockOutputStream {
  private static final int HELD_BYTES = 256 << 10;

  private final LinePattern pattern;
  private final OutputStream out;
  private byte[] line = new byte[1024];
  private int length;
  private boolean judged;
  private boolean keeping;
  private long kept;

  MatchingOutputStream(LinePattern pattern, OutputStream out) {
    this.pattern = pattern;
    this.out = out;
  }

  /// The number of lines written.
  long kept() {
    return kept;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int at = offset;
    int end = offset + count;
    while (at < end) {
      int next = at;
      while (next < end && bytes[next] != '\n') {
        next++;
      }
      boolean whole = next < end;
      take(bytes, at, whole ? next + 1 : end);
      if (whole) {
        endLine();
      }
      at = whole ? next + 1 : end;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    endLine();
  }

  private void take(byte[] bytes, int from, int to) throws IOException {
    if (!judged && length + to - from <= HELD_BYTES) {
      if (length + to - from > line.length) {
        line = Arrays.copyOf(line, Math.max(2 * line.length, length + to - from));
      }
      System.arraycopy(bytes, from, line, length, to - from);
      length += to - from;
      return;
    }
    judge();
    if (keeping) {
      out.write(bytes, from, to - from);
    }
  }

  private void judge() throws IOException {
    if (judged) {
      return;
    }
    judged = true;
    keeping = pattern.isIn(line, length);
    if (keeping) {
      kept++;
      out.write(line, 0, length);
    }
  }

  private void endLine() throws IOException {
    if (length > 0) {
      judge();
    }
    length = 0;
    judged = false;
  }
}
