package dev.diagbundle.analyze.logs;

import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.model.LineStamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The shapes of error lines and how often each was seen. Bounded, however many there are: when
/// there are too many, the rarer half is dropped.
final class ErrorPatterns {
  /// Kept at most.
  static final int MAX_SHAPES = 4_000;

  private static final Comparator<Map.Entry<String, Seen>> MOST_FREQUENT_FIRST =
      Comparator.comparingLong((Map.Entry<String, Seen> each) -> -each.getValue().count)
          .thenComparing(Map.Entry::getKey);

  private final Map<String, Seen> shapes = new HashMap<>();
  private long dropped;

  /// @param source number of the log, other for each
  /// @param micros when, or [LineStamp#NONE]
  void add(String shape, int source, long micros, String path, long line, String text) {
    var seen = shapes.get(shape);
    if (seen == null) {
      if (shapes.size() == MAX_SHAPES) {
        drop();
      }
      seen = new Seen(path, line, text);
      shapes.put(shape, seen);
    }
    seen.count++;
    if (seen.source != source) {
      seen.source = source;
      seen.sources++;
    }
    if (micros != LineStamp.NONE) {
      seen.first = Math.min(seen.first, micros);
      seen.last = Math.max(seen.last, micros);
    }
  }

  /// How often one was dropped.
  long dropped() {
    return dropped;
  }

  /// The most frequent first.
  List<LogPatterns.Shape> shapes() {
    return shapes.entrySet().stream()
        .sorted(MOST_FREQUENT_FIRST)
        .map(each -> each.getValue().shape(each.getKey()))
        .toList();
  }

  private void drop() {
    var rarest = new ArrayList<>(shapes.entrySet());
    rarest.sort(MOST_FREQUENT_FIRST);
    for (var each : rarest.subList(MAX_SHAPES / 2, rarest.size())) {
      shapes.remove(each.getKey());
      dropped++;
    }
  }

  private static final class Seen {
    private final String path;
    private final long line;
    private final String text;
    private long count;
    private int source = -1;
    private int sources;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    Seen(String path, long line, String text) {
      this.path = path;
      this.line = line;
      this.text = text;
    }

    private LogPatterns.Shape shape(String shape) {
      boolean timed = first <= last;
      return new LogPatterns.Shape(
          shape, count, sources, time(timed, first), time(timed, last), path, line, text);
    }

    private static Optional<Instant> time(boolean known, long micros) {
      return known ? Optional.of(LineStamp.instant(micros)) : Optional.empty();
    }
  }
}
