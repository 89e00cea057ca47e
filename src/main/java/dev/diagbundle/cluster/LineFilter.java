package dev.diagbundle.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/// Copies lines of any length, deciding by the beginning of each whether it is kept. No more than
/// that beginning is held in memory.
final class LineFilter {
  /// Decides over lines, in their order.
  interface Rule {
    /// Judges one line.
    ///
    /// @param head the line's first bytes, without its line feed; at most as many as the filter
    ///   holds
    Verdict judge(byte[] head);
  }

  /// What to do with a line.
  enum Verdict {
    KEEP,
    DROP,
    /// Drop it, and read no further.
    STOP
  }

  /// What was seen.
  ///
  /// @param kept number of lines copied
  /// @param read number of bytes read
  /// @param stopped whether the rule ended it
  /// @param endsInLineFeed whether the last line that was read is whole
  record Result(long kept, long read, boolean stopped, boolean endsInLineFeed) {}

  private final Rule rule;
  private final byte[] head;
  private int headLength;
  private boolean judged;
  private boolean keeping;
  private long kept;

  /// A filter for one stream.
  ///
  /// @param headBytes how much of a line the rule sees
  LineFilter(int headBytes, Rule rule) {
    this.rule = rule;
    this.head = new byte[headBytes];
  }

  /// Copies until the end of the input or until the rule stops.
  Result copy(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[16 << 10];
    long read = 0;
    boolean endsInLineFeed = true;
    while (true) {
      int length = in.read(buffer, 0, buffer.length);
      if (length < 0) {
        boolean stopped = !judged && headLength > 0 && judge(out);
        return new Result(kept, read, stopped, endsInLineFeed);
      }
      read += length;
      if (length > 0) {
        endsInLineFeed = buffer[length - 1] == '\n';
      }
      if (take(buffer, length, out)) {
        return new Result(kept, read, true, true);
      }
    }
  }

  /// @return whether the rule stopped
  private boolean take(byte[] buffer, int length, OutputStream out) throws IOException {
    int at = 0;
    while (at < length) {
      int lineFeed = indexOfLineFeed(buffer, at, length);
      int end = lineFeed < 0 ? length : lineFeed + 1;
      if (!judged) {
        int part = Math.min(head.length - headLength, (lineFeed < 0 ? length : lineFeed) - at);
        System.arraycopy(buffer, at, head, headLength, part);
        headLength += part;
        at += part;
        if (lineFeed < 0 && headLength < head.length) {
          return false;
        }
        if (judge(out)) {
          return true;
        }
      }
      if (keeping) {
        out.write(buffer, at, end - at);
      }
      at = end;
      if (lineFeed >= 0) {
        judged = false;
        headLength = 0;
      }
    }
    return false;
  }

  private boolean judge(OutputStream out) throws IOException {
    judged = true;
    var verdict = rule.judge(Arrays.copyOf(head, headLength));
    keeping = verdict == Verdict.KEEP;
    if (keeping) {
      kept++;
      out.write(head, 0, headLength);
    }
    return verdict == Verdict.STOP;
  }

  private static int indexOfLineFeed(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
