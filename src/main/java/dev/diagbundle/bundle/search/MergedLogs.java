package dev.diagbundle.bundle.search;

import module java.base;

import dev.diagbundle.bundle.archive.ContentSpool;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.TimeWindow;

/// Logs of a bundle merged in chronological order: always the line that is the oldest of those that
/// are next in their logs, with the lines without a time that follow it. The order within a log
/// stays as it is.
///
/// Its memory use does not depend on the size of the logs, nor, beyond their names, on their
/// number: if there are many, groups are merged first and kept in a temporary file. For one thread.
public final class MergedLogs {
  /// The maximum number of open logs; each needs some 70 KB, most of it for inflating.
  private static final int MAX_OPEN = 128;

  private final Bundle bundle;
  private final LogTimes times;
  private final long from;
  private final long to;
  private final int maxOpen;
  private final List<Told> told = new ArrayList<>();
  private final List<String> untimed = new ArrayList<>();
  private final List<String> unread = new ArrayList<>();

  private record Told(Entry file, long first) {}

  /// A listener for the lines. An exception from it ends the merge.
  public interface Listener {
    /// A line, or a piece of a very long one; the pieces of a line come in a row.
    ///
    /// @param source index of the log among [MergedLogs#files]
    /// @param time the line's own, or that of the line that it follows
    /// @param begins whether the line starts here
    /// @param ends whether it ends here
    void on(int source, Instant time, byte[] bytes, int from, int to, boolean begins, boolean ends)
        throws IOException;
  }

  public MergedLogs(Bundle bundle, TimeWindow window) {
    this(bundle, window, MAX_OPEN);
  }

  /// @param maxOpen maximum number of logs open at a time, at least two
  MergedLogs(Bundle bundle, TimeWindow window, int maxOpen) {
    this.bundle = bundle;
    this.times = new LogTimes(bundle);
    this.from = LineStamp.micros(window.from());
    this.to = LineStamp.micros(window.to());
    this.maxOpen = maxOpen;
  }

  /// Reads the times at the start of the files. Files without a time, or that start after the
  /// window, are left out of the merge. To be called once, first.
  public void look(List<Entry> files) {
    for (Entry file : files) {
      try {
        var first = times.first(file);
        if (first.isPresent() && first.get() < to) {
          told.add(new Told(file, first.get()));
        } else if (first.isEmpty() && file.bytes() > 0) {
          untimed.add(file.path().value());
        }
      } catch (IOException e) {
        unread.add(String.valueOf(e.getMessage()));
      }
    }
  }

  /// The merged logs.
  public List<Entry> files() {
    return told.stream().map(Told::file).toList();
  }

  /// Files that were left out because no line in them has a time.
  public List<String> untimed() {
    return List.copyOf(untimed);
  }

  /// Logs that could not be read to their end, a sentence each.
  public List<String> unread() {
    return List.copyOf(unread);
  }

  /// Writes the merged logs.
  ///
  /// @throws IOException if the listener or the disk fails
  public void tell(Listener listener) throws IOException {
    List<Opener> openers = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      int index = i;
      openers.add(() -> open(index));
    }
    try (var spools = new Spools()) {
      while (openers.size() > maxOpen) {
        var spool = spools.next();
        List<Opener> merged = new ArrayList<>();
        for (int i = 0; i < openers.size(); i += maxOpen) {
          merged.add(kept(openers.subList(i, Math.min(openers.size(), i + maxOpen)), spool));
        }
        openers = merged;
      }
      merge(
          openers,
          piece ->
              listener.on(
                  piece.source,
                  LineStamp.instant(piece.micros),
                  piece.bytes,
                  piece.stampLength,
                  piece.length,
                  piece.begins,
                  piece.ends));
    }
  }

  private interface Opener {
    TimedSource open() throws IOException;
  }

  private interface Sink {
    void take(TimedPiece piece) throws IOException;
  }

  /// Temporary files, of which two are needed at a time: one is read while the next is written.
  private static final class Spools implements Closeable {
    private final List<ContentSpool> open = new ArrayList<>();

    ContentSpool next() throws IOException {
      if (open.size() == 2) {
        open.removeFirst().close();
      }
      open.add(ContentSpool.temporary());
      return open.getLast();
    }

    @Override
    public void close() throws IOException {
      for (ContentSpool spool : open) {
        spool.close();
      }
    }
  }

  private Opener kept(List<Opener> openers, ContentSpool spool) throws IOException {
    long begin = spool.length();
    try (var out = new DataOutputStream(spool.begin())) {
      merge(openers, piece -> SpooledLines.write(piece, out));
    }
    long length = spool.length() - begin;
    return () -> new SpooledLines(spool.part(begin, length));
  }

  private void merge(List<Opener> openers, Sink sink) throws IOException {
    var next =
        new PriorityQueue<Cursor>(
            Comparator.comparingLong(Cursor::micros).thenComparingInt(Cursor::index));
    var opened = new ArrayList<TimedSource>();
    try {
      for (int i = 0; i < openers.size(); i++) {
        var cursor = new Cursor(openers.get(i).open(), i);
        opened.add(cursor.source);
        if (cursor.source.next()) {
          next.add(cursor);
        } else {
          cursor.source.close();
        }
      }
      while (!next.isEmpty()) {
        var cursor = next.remove();
        var source = cursor.source;
        boolean more;
        do {
          sink.take(source.piece());
          more = source.next();
        } while (more && !source.piece().stamped);
        if (more) {
          next.add(cursor);
        } else {
          source.close();
        }
      }
    } finally {
      for (TimedSource source : opened) {
        source.close();
      }
    }
  }

  private record Cursor(TimedSource source, int index) {
    long micros() {
      return source.piece().micros;
    }
  }

  private TimedSource open(int index) {
    var log = told.get(index);
    try {
      var stamps = times.stamps(log.file());
      return new Within(new TimedLines(bundle.open(log.file()), stamps, log.first()), index);
    } catch (IOException e) {
      unread.add(String.valueOf(e.getMessage()));
      var nothing = InputStream.nullInputStream();
      return new Within(new TimedLines(nothing, times.stamps(log.file()), log.first()), index);
    }
  }

  /// The lines of one log that lie in the window. A log that cannot be read any more ends, and is
  /// named.
  private final class Within implements TimedSource {
    private final TimedLines lines;

    Within(TimedLines lines, int index) {
      this.lines = lines;
      lines.piece().source = index;
    }

    @Override
    public boolean next() {
      try {
        while (lines.next()) {
          long micros = lines.piece().micros;
          if (micros >= from && micros < to) {
            return true;
          }
        }
      } catch (IOException e) {
        unread.add(String.valueOf(e.getMessage()));
      }
      return false;
    }

    @Override
    public TimedPiece piece() {
      return lines.piece();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
