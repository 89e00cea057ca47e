package dev.diagbundle.collect.inventory;

import module java.base;

/// Lines in the order of the times that they begin with. They are kept as sorted runs, compressed,
/// which are merged when they are read; if even that is too large, the oldest half is dropped. For
/// one thread.
final class SortedLines {
  /// The length of an RFC 3339 time in whole seconds.
  private static final int KEY = 20;

  private static final int MAX_RUN_CHARS = 1 << 19;
  private static final int MAX_RUNS = 24;
  private static final int MAX_PACKED_BYTES = 8 << 20;

  private final int maxRunChars;
  private final int maxPackedBytes;
  private final List<String> open = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private int openChars;
  private long left;

  /// A sorted run; a class, since arrays compare by identity.
  private static final class Run {
    private final byte[] packed;
    private final long lines;

    Run(byte[] packed, long lines) {
      this.packed = packed;
      this.lines = lines;
    }
  }

  /// A consumer of lines.
  @FunctionalInterface
  private interface Sink {
    void line(String line) throws IOException;
  }

  /// The reader of one run; closing it frees the memory of the decompression.
  private static final class Cursor implements AutoCloseable {
    private final int run;
    private final BufferedReader reader;
    private String line = "";

    Cursor(int run, byte[] packed) {
      this.run = run;
      var in = new InflaterInputStream(new ByteArrayInputStream(packed));
      this.reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 2048);
    }

    boolean advance() throws IOException {
      var next = reader.readLine();
      line = next == null ? "" : next;
      return next != null;
    }

    String key() {
      return SortedLines.key(line);
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  SortedLines() {
    this(MAX_RUN_CHARS, MAX_PACKED_BYTES);
  }

  SortedLines(int maxRunChars, int maxPackedBytes) {
    this.maxRunChars = maxRunChars;
    this.maxPackedBytes = maxPackedBytes;
  }

  /// @param line a single line; lines of the same time keep their order
  void add(String line) {
    open.add(line);
    openChars += line.length();
    if (openChars >= maxRunChars) {
      pack();
    }
  }

  boolean isEmpty() {
    return open.isEmpty() && runs.isEmpty();
  }

  /// The number of lines that there was no room for: the oldest.
  long left() {
    return left;
  }

  /// Writes all lines. The appendable stays open.
  void writeTo(Appendable out) throws IOException {
    pack();
    merge(line -> out.append(line).append('\n'));
  }

  private static String key(String line) {
    return line.substring(0, Math.min(KEY, line.length()));
  }

  private void pack() {
    if (open.isEmpty()) {
      return;
    }
    open.sort(Comparator.comparing(SortedLines::key));
    runs.add(
        packed(
            sink -> {
              for (String line : open) {
                sink.line(line);
              }
            },
            open.size()));
    open.clear();
    openChars = 0;
    long bytes = runs.stream().mapToLong(run -> run.packed.length).sum();
    if (runs.size() < MAX_RUNS && bytes <= maxPackedBytes) {
      return;
    }
    long lines = runs.stream().mapToLong(run -> run.lines).sum();
    long passed = bytes > maxPackedBytes ? lines / 2 : 0;
    var merged = packed(sink -> merge(newest(passed, sink)), lines - passed);
    left += passed;
    runs.clear();
    runs.add(merged);
  }

  /// A sink that skips the first lines.
  private static Sink newest(long passed, Sink sink) {
    return new Sink() {
      private long seen;

      @Override
      public void line(String line) throws IOException {
        if (seen++ >= passed) {
          sink.line(line);
        }
      }
    };
  }

  /// A source of lines.
  @FunctionalInterface
  private interface Source {
    void to(Sink sink) throws IOException;
  }

  private static Run packed(Source source, long lines) {
    var bytes = new ByteArrayOutputStream();
    try (var out =
        new OutputStreamWriter(new DeflaterOutputStream(bytes), StandardCharsets.UTF_8)) {
      source.to(line -> out.append(line).append('\n'));
    } catch (IOException e) {
      throw new UncheckedIOException("packing into memory", e);
    }
    return new Run(bytes.toByteArray(), lines);
  }

  private void merge(Sink sink) throws IOException {
    var next =
        new PriorityQueue<Cursor>(
            Comparator.comparing(Cursor::key).thenComparingInt(cursor -> cursor.run));
    var all = new ArrayList<Cursor>();
    try {
      for (int run = 0; run < runs.size(); run++) {
        var cursor = new Cursor(run, runs.get(run).packed);
        all.add(cursor);
        if (cursor.advance()) {
          next.add(cursor);
        }
      }
      for (var first = next.poll(); first != null; first = next.poll()) {
        sink.line(first.line);
        if (first.advance()) {
          next.add(first);
        }
      }
    } finally {
      for (Cursor cursor : all) {
        cursor.close();
      }
    }
  }
}
