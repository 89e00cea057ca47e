package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.model.LineStamp;

/// A parser of the output of `journalctl --output=short-precise`, line by line. Lines may have any
/// length; none is held whole.
///
/// An entry begins with a stamp; the further lines of its message are indented (systemd,
/// `logs-show.c`). Lines that begin with `-- ` are journalctl's marks between entries. Any other
/// line is no entry: it is an error of journalctl, which the kubelet passes on.
final class JournalParser {
  /// Kind of a line.
  enum Kind {
    /// The first line of an entry.
    ENTRY,
    /// A further line of an entry.
    CONTINUED,
    /// A mark, as in `-- Boot 58e6… --`.
    MARK,
    /// Text outside of entries.
    FOREIGN
  }

  /// Receiver of the lines, in their order.
  interface Visitor {
    /// Begins a line.
    ///
    /// @param micros its stamp if it begins an entry, else [LineStamp#NONE]
    /// @return whether to read on
    boolean begin(Kind kind, long micros) throws IOException;

    /// Receives more bytes of the line, including its line feed.
    void bytes(byte[] buffer, int from, int to) throws IOException;
  }

  /// The place where reading ended.
  enum End {
    /// After a line feed, or before the first byte.
    WHOLE,
    /// In the middle of a line.
    BROKEN_LINE,
    /// At the visitor's request.
    STOPPED
  }

  private final LineStamp stamps;
  private final Visitor visitor;
  private final byte[] buffer = new byte[64 << 10];
  private boolean inLine;
  private boolean stopped;

  JournalParser(LineStamp stamps, Visitor visitor) {
    this.stamps = stamps;
    this.visitor = visitor;
  }

  /// Reads to the end, or until the visitor stops it.
  End read(InputStream in) throws IOException {
    int filled = 0;
    while (true) {
      int length = in.read(buffer, filled, buffer.length - filled);
      if (length < 0) {
        return end(filled);
      }
      int at = lines(filled, filled + length);
      if (stopped) {
        return End.STOPPED;
      }
      filled += length;
      if (at == 0 && filled == buffer.length) {
        if (!part(0, filled)) {
          return End.STOPPED;
        }
        inLine = true;
        at = filled;
      }
      System.arraycopy(buffer, at, buffer, 0, filled - at);
      filled -= at;
    }
  }

  /// Passes on the complete lines.
  ///
  /// @param seen position up to which the buffer is known to contain no line feed
  /// @return position of the incomplete line
  private int lines(int seen, int filled) throws IOException {
    int at = 0;
    for (int i = seen; i < filled; i++) {
      if (buffer[i] == '\n') {
        if (!part(at, i + 1)) {
          stopped = true;
          return at;
        }
        inLine = false;
        at = i + 1;
      }
    }
    return at;
  }

  private boolean part(int from, int to) throws IOException {
    if (!inLine) {
      long micros = stamps.journalMicros(buffer, from, to);
      if (!visitor.begin(kind(micros, from, to), micros)) {
        return false;
      }
    }
    visitor.bytes(buffer, from, to);
    return true;
  }

  private Kind kind(long micros, int from, int to) {
    if (micros != LineStamp.NONE) {
      return Kind.ENTRY;
    }
    if (buffer[from] == ' ') {
      return Kind.CONTINUED;
    }
    boolean mark =
        to - from > 3 && buffer[from] == '-' && buffer[from + 1] == '-' && buffer[from + 2] == ' ';
    return mark ? Kind.MARK : Kind.FOREIGN;
  }

  private End end(int filled) throws IOException {
    if (filled == 0 && !inLine) {
      return End.WHOLE;
    }
    // The beginning of a stamp would look like text outside of entries.
    boolean judged = inLine || filled >= LineStamp.JOURNAL_BYTES || buffer[0] == ' ';
    if (judged && filled > 0 && !part(0, filled)) {
      return End.STOPPED;
    }
    return End.BROKEN_LINE;
  }
}
