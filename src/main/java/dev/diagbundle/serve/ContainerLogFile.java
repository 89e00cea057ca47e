package dev.diagbundle.serve;

import module java.base;

/// The log of one container, in the CRI format `<RFC 3339 time> stdout|stderr F|P <message>`.
final class ContainerLogFile {
  private final DataFolder folder;
  private final String path;

  ContainerLogFile(DataFolder folder, String path) {
    this.folder = folder;
    this.path = path;
  }

  /// A request for a log.
  ///
  /// @param since the first moment
  /// @param tailLines number of last lines, counted before `since` applies
  /// @param limitBytes size at which the response is truncated
  record Selection(
      Optional<Instant> since,
      Optional<Integer> tailLines,
      Optional<Long> limitBytes,
      boolean timestamps) {}

  void write(OutputStream out, Selection selection) throws IOException {
    long skipped =
        selection.tailLines().isPresent() ? Math.max(0, lines() - selection.tailLines().get()) : 0;
    long left = selection.limitBytes().orElse(Long.MAX_VALUE);
    try (var in = new BufferedInputStream(folder.open(path))) {
      for (var line = readLine(in); line.length > 0 && left > 0; line = readLine(in)) {
        if (skipped > 0) {
          skipped--;
          continue;
        }
        var shown = shown(line, selection);
        int part = (int) Math.min(shown.length, left);
        out.write(shown, 0, part);
        left -= part;
      }
    }
  }

  private long lines() throws IOException {
    long lines = 0;
    try (var in = new BufferedInputStream(folder.open(path))) {
      while (readLine(in).length > 0) {
        lines++;
      }
    }
    return lines;
  }

  private static byte[] shown(byte[] line, Selection selection) throws IOException {
    // The first three fields are ASCII, the message may be anything.
    int time = field(line, 0);
    int stream = field(line, time);
    int tag = field(line, stream);
    var stamp = new String(line, 0, Math.max(0, time - 1), StandardCharsets.ISO_8859_1);
    if (selection.since().map(since -> isBefore(stamp, since)).orElse(false)) {
      return new byte[0];
    }
    boolean partial = tag > stream && line[stream] == 'P';
    int end = partial && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
    var message = Arrays.copyOfRange(line, tag, end);
    if (!selection.timestamps()) {
      return message;
    }
    var text = new ByteArrayOutputStream();
    text.write(line, 0, time);
    text.write(message);
    return text.toByteArray();
  }

  private static boolean isBefore(String stamp, Instant since) {
    try {
      return Instant.parse(stamp).isBefore(since);
    } catch (DateTimeException _) {
      return false;
    }
  }

  /// The start of the field after the next blank.
  private static int field(byte[] line, int from) {
    int at = from;
    while (at < line.length && line[at] != ' ' && line[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, line.length);
  }

  /// One line with its end; nothing at the end of the file.
  private static byte[] readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream(256);
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }
}
