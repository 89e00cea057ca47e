package dev.diagbundle.analyze.logs;

import module java.base;

import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.model.LineStamp;

/// The patterns of error lines with their counts. Bounded: if there are too many, the rarer half is
/// dropped.
final class ErrorPatterns {
  /// The maximum number of patterns.
  static final int MAX_PATTERNS = 4_000;

  private static final Comparator<Map.Entry<String, Seen>> MOST_FREQUENT_FIRST =
      Comparator.comparingLong((Map.Entry<String, Seen> each) -> -each.getValue().count)
          .thenComparing(Map.Entry::getKey);

  private final Map<String, Seen> patterns = new HashMap<>();
  private long dropped;

  /// @param source the number of the log, unique to it
  /// @param micros the time of the line, or [LineStamp#NONE]
  void add(String text, int source, long micros, String path, long line, String example) {
    var seen = patterns.get(text);
    if (seen == null) {
      if (patterns.size() == MAX_PATTERNS) {
        drop();
      }
      seen = new Seen(path, line, example);
      patterns.put(text, seen);
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

  /// The number of times that a pattern was dropped.
  long dropped() {
    return dropped;
  }

  /// The patterns, the most frequent first.
  List<LogPatterns.Pattern> patterns() {
    return patterns.entrySet().stream()
        .sorted(MOST_FREQUENT_FIRST)
        .map(each -> each.getValue().pattern(each.getKey()))
        .toList();
  }

  private void drop() {
    var rarest = new ArrayList<>(patterns.entrySet());
    rarest.sort(MOST_FREQUENT_FIRST);
    for (var each : rarest.subList(MAX_PATTERNS / 2, rarest.size())) {
      patterns.remove(each.getKey());
      dropped++;
    }
  }

  private static final class Seen {
    private final String path;
    private final long line;
    private final String example;
    private long count;
    private int source = -1;
    private int sources;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    Seen(String path, long line, String example) {
      this.path = path;
      this.line = line;
      this.example = example;
    }

    private LogPatterns.Pattern pattern(String text) {
      boolean timed = first <= last;
      return new LogPatterns.Pattern(
          text, count, sources, time(timed, first), time(timed, last), path, line, example);
    }

    private static Optional<Instant> time(boolean known, long micros) {
      return known ? Optional.of(LineStamp.instant(micros)) : Optional.empty();
    }
  }
}
