package dev.diagbundle.cluster.podlog;

import module java.base;

import dev.diagbundle.cluster.podlog.LineAssembler.Origin;
import dev.diagbundle.model.TimeWindow;

/// A converter of the lines of a container's log file to the format of `kubectl logs --timestamps`,
/// cut to a window: `<stamp> <text>`. A line in several parts becomes one line with the stamp of
/// its first part. A line in an unknown format is kept unchanged if the line before it is kept.
///
/// For one file. Neither a line nor a part is held in memory, except a record of Docker, whose time
/// follows its text; Docker's records are at most about 100 KiB long.
final class ContainerFileLines {
  static final int MAX_RECORD_BYTES = 128 << 10;

  /// Maximum length of a stamp, a stream and tags.
  private static final int HEAD_BYTES = 128;

  /// Maximum disorder of lines: the two streams of a container are stamped before they take turns
  /// at the file, and clocks are corrected.
  private static final Duration DISORDER = Duration.ofMinutes(1);

  private final TimeWindow window;
  private final LineAssembler lines;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(HEAD_BYTES);
  private State state;
  private Origin origin = Origin.UNKNOWN;
  private boolean goesOn;
  private boolean keeping = true;
  private boolean stopped;
  private long unknown;
  private Optional<Instant> first = Optional.empty();

  private enum State {
    /// The rest of a line whose beginning was not read.
    FRAGMENT,
    HEAD,
    RECORD,
    TEXT
  }

  /// @param fragment whether the input may begin in the middle of a line; that line is dropped
  /// @param out is not closed
  ContainerFileLines(TimeWindow window, boolean fragment, OutputStream out) {
    this.window = window;
    this.lines = new LineAssembler(out);
    this.state = fragment ? State.FRAGMENT : State.HEAD;
  }

  /// Copies until the end of the input or, if every line of the window is copied, behind the end of
  /// the window. If the input fails, the lines read before are written before the exception is
  /// thrown.
  void copy(InputStream in) throws IOException {
    var buffer = new byte[16 << 10];
    while (!stopped) {
      int length;
      try {
        length = in.read(buffer, 0, buffer.length);
      } catch (IOException e) {
        finish();
        throw e;
      }
      if (length < 0) {
        finish();
        return;
      }
      take(buffer, length);
    }
  }

  /// Number of lines written.
  long kept() {
    return lines.kept();
  }

  /// Number of those lines that are whole but in an unknown format.
  long unknown() {
    return unknown;
  }

  /// Number of lines that were ended early because the other stream wrote too much meanwhile.
  long split() {
    return lines.split();
  }

  /// Returns whether the end of the window was reached before that of the input.
  boolean stopped() {
    return stopped;
  }

  /// The first stamp read.
  Optional<Instant> first() {
    return first;
  }

  private void take(byte[] buffer, int length) throws IOException {
    int at = 0;
    while (at < length && !stopped) {
      int lineFeed = at;
      while (lineFeed < length && buffer[lineFeed] != '\n') {
        lineFeed++;
      }
      at = takeUpTo(buffer, at, lineFeed);
      if (at == lineFeed && lineFeed < length) {
        endLine();
        at++;
      }
    }
  }

  /// @return position up to which bytes were taken; the rest belongs to the next state
  private int takeUpTo(byte[] buffer, int from, int to) throws IOException {
    switch (state) {
      case FRAGMENT -> {}
      case TEXT -> lines.text(origin, buffer, from, to - from);
      case HEAD -> {
        int part = Math.min(to - from, HEAD_BYTES - head.size());
        head.write(buffer, from, part);
        if (head.size() == HEAD_BYTES) {
          decide();
        }
        return from + part;
      }
      case RECORD -> {
        head.write(buffer, from, to - from);
        if (head.size() > MAX_RECORD_BYTES) {
          beginUnknown();
        }
      }
    }
    return to;
  }

  private void endLine() throws IOException {
    if (state == State.HEAD && !stopped) {
      decide();
    }
    if (state == State.RECORD) {
      endRecord();
    }
    if (state == State.TEXT) {
      lines.end(origin, goesOn);
      unknown += origin == Origin.UNKNOWN && keeping ? 1 : 0;
    }
    head.reset();
    state = State.HEAD;
  }

  private void finish() throws IOException {
    if (state == State.HEAD && head.size() > 0) {
      decide();
    }
    if (state == State.RECORD) {
      endRecord();
    }
    if (state == State.TEXT && !goesOn) {
      lines.end(origin, false);
    }
    lines.finish();
  }

  private void decide() throws IOException {
    var bytes = head.toByteArray();
    if (bytes.length > 0 && bytes[0] == '{') {
      state = State.RECORD;
      return;
    }
    var line = RuntimeLogLine.ofInterface(bytes, bytes.length);
    if (line.isEmpty()) {
      beginUnknown();
      return;
    }
    begin(line.get());
    lines.text(origin, bytes, line.get().textAt(), bytes.length - line.get().textAt());
  }

  private void endRecord() throws IOException {
    var bytes = head.toByteArray();
    var line = RuntimeLogLine.ofDocker(bytes, bytes.length);
    if (line.isEmpty()) {
      beginUnknown();
      return;
    }
    begin(line.get());
    var text = line.get().text().getBytes(StandardCharsets.UTF_8);
    lines.text(origin, text, 0, text.length);
  }

  private void begin(RuntimeLogLine line) throws IOException {
    var time = line.time();
    if (first.isEmpty()) {
      first = Optional.of(time);
    }
    keeping = window.contains(time);
    stopped = lines.isIdle() && !time.isBefore(window.to().plus(DISORDER));
    origin = line.origin();
    goesOn = line.goesOn();
    state = State.TEXT;
    lines.begin(origin, line.stamp() + " ", keeping);
  }

  private void beginUnknown() throws IOException {
    origin = Origin.UNKNOWN;
    goesOn = false;
    state = State.TEXT;
    lines.begin(origin, "", keeping);
    lines.text(origin, head.toByteArray(), 0, head.size());
  }
}
