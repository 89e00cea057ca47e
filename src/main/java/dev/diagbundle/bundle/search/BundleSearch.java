package dev.diagbundle.bundle.search;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.TimeWindow;

/// A pattern search in files of a bundle, several at a time. The lines come out in the order of the
/// files.
public final class BundleSearch {
  private final LinePattern pattern;
  private final int context;
  private final int threads;
  private final Optional<TimeWindow> span;

  /// The result of a search.
  ///
  /// @param hits lines (or binary files) that have the pattern
  /// @param unread files that could not be read to their end, a sentence each
  public record Result(long hits, List<String> unread) {}

  private record Part(long hits, Optional<String> unread) {}

  /// @param context number of lines printed around a hit
  /// @param threads number of files searched concurrently
  public BundleSearch(LinePattern pattern, int context, int threads) {
    this(pattern, context, threads, Optional.empty());
  }

  private BundleSearch(LinePattern pattern, int context, int threads, Optional<TimeWindow> span) {
    this.pattern = pattern;
    this.context = context;
    this.threads = threads;
    this.span = span;
  }

  /// The same search limited to lines of this time span, by the times at the start of lines.
  public BundleSearch within(Optional<TimeWindow> wanted) {
    return new BundleSearch(pattern, context, threads, wanted);
  }

  /// Searches the files and writes what is found. Flushes the stream and leaves it open.
  ///
  /// @throws IOException if the stream cannot be written
  public Result search(Bundle bundle, List<Entry> files, OutputStream out)
      throws IOException, InterruptedException {
    var turns = new OrderedOutput(out);
    var times = span.map(_ -> new LogTimes(bundle));
    var executor = Executors.newFixedThreadPool(threads);
    try {
      var parts = new ArrayList<Future<Part>>(files.size());
      for (int i = 0; i < files.size(); i++) {
        var file = files.get(i);
        var turn = turns.turn(i);
        parts.add(executor.submit(() -> search(bundle, file, times, turn)));
      }
      long hits = 0;
      var unread = new ArrayList<String>();
      for (Future<Part> part : parts) {
        var found = result(part);
        hits += found.hits;
        found.unread.ifPresent(unread::add);
      }
      out.flush();
      return new Result(hits, unread);
    } finally {
      executor.shutdownNow();
    }
  }

  private Part search(Bundle bundle, Entry file, Optional<LogTimes> times, OrderedOutput.Turn turn)
      throws IOException, InterruptedException {
    turn.begin();
    try (turn) {
      try {
        var lines = lines(file, times);
        if (lines.isEmpty()) {
          return new Part(0, Optional.empty());
        }
        var search = new LineSearch(pattern, context, lines.get(), file.path().value(), turn);
        try (var in = bundle.open(file)) {
          return new Part(search.search(in), Optional.empty());
        }
      } catch (IOException e) {
        turn.requireWritable();
        return new Part(0, Optional.of(String.valueOf(e.getMessage())));
      }
    }
  }

  /// The filter of the file's lines; empty if the span has none of them.
  private Optional<LineFilter> lines(Entry file, Optional<LogTimes> times) throws IOException {
    if (times.isEmpty() || span.isEmpty()) {
      return Optional.of(LineFilter.ALL);
    }
    var stamps = times.get().stamps(file);
    return times.get().first(file).map(first -> new LineFilter.Timed(stamps, first, span.get()));
  }

  private static Part result(Future<Part> part) throws IOException, InterruptedException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case InterruptedException interrupted -> throw interrupted;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
