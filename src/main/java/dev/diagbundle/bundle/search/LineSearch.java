package dev.diagbundle.bundle.search;

import module java.base;

import dev.diagbundle.model.LinePattern;

/// A pattern search in the lines of one file. A line is searched in pieces of 1 MiB, so that it may
/// have any length.
final class LineSearch {
  private static final int MAX_LINE = 1 << 20;
  private static final int BINARY_PREFIX = 8 * 1024;

  private final LinePattern pattern;
  private final int context;
  private final LineFilter span;
  private final byte[] path;
  private final OutputStream out;
  private final ArrayDeque<Line> before = new ArrayDeque<>();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private long number;
  private long judged;
  private boolean counts;
  private long lastPrinted;
  private int after;
  private long hits;

  private static final class Line {
    private final long number;
    private final byte[] bytes;

    Line(long number, byte[] bytes) {
      this.number = number;
      this.bytes = bytes;
    }
  }

  /// @param context number of lines printed around a hit
  /// @param span filter of the lines to search
  /// @param out stream for the lines, each as `path:number:line`, those around it with dashes
  LineSearch(LinePattern pattern, int context, LineFilter span, String path, OutputStream out) {
    this.pattern = pattern;
    this.context = context;
    this.span = span;
    this.path = path.getBytes(StandardCharsets.UTF_8);
    this.out = out;
  }

  /// Searches a content.
  ///
  /// @return the number of hits
  long search(InputStream in) throws IOException {
    var buffer = new byte[64 * 1024];
    int got = in.readNBytes(buffer, 0, BINARY_PREFIX);
    boolean binary = indexOf(buffer, (byte) 0, 0, got) >= 0;
    number = 1;
    while (got > 0) {
      for (int at = 0; at < got; ) {
        int end = indexOf(buffer, (byte) '\n', at, got);
        int stop = end < 0 ? got : end;
        int room = Math.min(stop - at, MAX_LINE - line.size());
        line.write(buffer, at, room);
        at += room;
        if (at < stop) {
          take(binary);
        } else if (end >= 0) {
          take(binary);
          number++;
          at = end + 1;
        }
        if (binary && hits > 0) {
          printBinary();
          return hits;
        }
      }
      got = in.read(buffer);
    }
    if (line.size() > 0) {
      take(binary);
      if (binary && hits > 0) {
        printBinary();
      }
    }
    return hits;
  }

  private void take(boolean binary) throws IOException {
    var bytes = line.toByteArray();
    line.reset();
    if (judged != number) {
      judged = number;
      counts = span.contains(bytes);
    }
    if (!counts) {
      return;
    }
    boolean hit = pattern.isIn(bytes, bytes.length);
    if (hit) {
      hits++;
    }
    if (binary) {
      return;
    }
    if (!hit) {
      passBy(new Line(number, bytes));
      return;
    }
    var first = before.isEmpty() ? number : before.getFirst().number;
    if (context > 0 && lastPrinted > 0 && first > lastPrinted + 1) {
      out.write("--\n".getBytes(StandardCharsets.UTF_8));
    }
    while (!before.isEmpty()) {
      print(before.removeFirst(), '-');
    }
    print(new Line(number, bytes), ':');
    after = context;
  }

  private void passBy(Line passed) throws IOException {
    if (after > 0) {
      after--;
      print(passed, '-');
      return;
    }
    if (context == 0) {
      return;
    }
    if (before.size() == context) {
      before.removeFirst();
    }
    // The text kept for later must not grow to the length of a hostile line.
    before.addLast(
        passed.bytes.length <= 4_096
            ? passed
            : new Line(passed.number, Arrays.copyOf(passed.bytes, 4_096)));
  }

  private void print(Line printed, char mark) throws IOException {
    out.write(path);
    out.write(mark);
    out.write(Long.toString(printed.number).getBytes(StandardCharsets.US_ASCII));
    out.write(mark);
    out.write(printed.bytes);
    out.write('\n');
    lastPrinted = printed.number;
  }

  private void printBinary() throws IOException {
    out.write(path);
    out.write(": a binary file has it\n".getBytes(StandardCharsets.UTF_8));
  }

  private static int indexOf(byte[] bytes, byte wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
