package dev.diagbundle.report.input;

import module java.base;

import java.io.Reader;

/// The lines of a text, each truncated to its head, so that a line of any length needs the same
/// memory. Closes the stream.
final class TruncatedLines implements Closeable {
  private final Reader reader;
  private final int max;
  private final char[] buffer = new char[1 << 13];
  private int at;
  private int end;

  TruncatedLines(InputStream in, int max) {
    this.reader = new InputStreamReader(in, StandardCharsets.UTF_8);
    this.max = max;
  }

  /// The next line without its line feed; empty after the last.
  Optional<String> next() throws IOException {
    var line = new StringBuilder();
    boolean any = false;
    boolean cut = false;
    while (at < end || fill()) {
      any = true;
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      int room = Math.min(at - from, max - line.length());
      line.append(buffer, from, room);
      cut |= room < at - from;
      if (at < end) {
        at++;
        break;
      }
    }
    if (!any) {
      return Optional.empty();
    }
    if (cut) {
      return Optional.of(line.append('…').toString());
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return Optional.of(line.toString());
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, reader.read(buffer));
    return end > 0;
  }
}
