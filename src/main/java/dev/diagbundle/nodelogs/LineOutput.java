package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.model.Printable;

/// The output of the lines of several logs, each with the prefix of its log, and with control
/// characters escaped for terminals. For one thread.
final class LineOutput {
  /// The maximum size of the part of a line that is escaped at once.
  private static final int MAX_SHOWN_BYTES = 32 << 10;

  private final OutputStream out;
  private final Function<LogName, String> prefix;
  private final boolean harmless;
  private byte[] shown = new byte[1024];
  private int length;
  private Optional<LogName> last = Optional.empty();
  private boolean inLine;

  /// @param prefix of a log's lines; may be empty
  /// @param harmless true if control characters are escaped
  LineOutput(OutputStream out, Function<LogName, String> prefix, boolean harmless) {
    this.out = new BufferedOutputStream(out, 32 << 10);
    this.prefix = prefix;
    this.harmless = harmless;
  }

  /// Writes more of a log. An incomplete line of another log is ended first.
  void write(LogName log, byte[] bytes, int count) throws IOException {
    if (inLine && !last.equals(Optional.of(log))) {
      show();
      out.write('\n');
      inLine = false;
    }
    last = Optional.of(log);
    var start = prefix.apply(log);
    if (start.isEmpty() && !harmless) {
      out.write(bytes, 0, count);
      inLine = count > 0 ? bytes[count - 1] != '\n' : inLine;
      return;
    }
    var head = start.getBytes(StandardCharsets.UTF_8);
    int at = 0;
    while (at < count) {
      int next = at;
      while (next < count && bytes[next] != '\n') {
        next++;
      }
      if (!inLine) {
        out.write(head);
      }
      boolean whole = next < count;
      text(bytes, at, next);
      if (whole) {
        show();
        out.write('\n');
      }
      inLine = !whole;
      at = whole ? next + 1 : next;
    }
  }

  /// Flushes all that was written, as far as it can be shown.
  void flush() throws IOException {
    out.flush();
  }

  /// Writes the rest of a line without an end.
  void finish() throws IOException {
    show();
    out.flush();
  }

  private void text(byte[] bytes, int from, int to) throws IOException {
    if (!harmless) {
      out.write(bytes, from, to - from);
      return;
    }
    if (length + to - from > shown.length) {
      shown = Arrays.copyOf(shown, Math.max(2 * shown.length, length + to - from));
    }
    System.arraycopy(bytes, from, shown, length, to - from);
    length += to - from;
    if (length > MAX_SHOWN_BYTES) {
      show();
    }
  }

  private void show() throws IOException {
    if (length == 0) {
      return;
    }
    // The lines of Windows end in CR LF, which is harmless.
    int end = shown[length - 1] == '\r' ? length - 1 : length;
    var text = Printable.line(new String(shown, 0, end, StandardCharsets.UTF_8));
    out.write(text.getBytes(StandardCharsets.UTF_8));
    length = 0;
  }
}
