package dev.diagbundle.report.timeline;

import java.time.Instant;

/// Counts for the bins of a [TimelineScale].
final class TimeBins {
  private final long[] counts = new long[TimelineScale.BINS];

  /// Adds a count, evenly spread from one instant to another; the part outside of the scale is
  /// ignored.
  void add(TimelineScale scale, Instant from, Instant to, long count) {
    double begin = scale.position(from);
    double end = Math.max(begin, scale.position(to));
    if (end < 0 || begin > TimelineScale.BINS || count <= 0) {
      return;
    }
    if (end - begin < 1e-6 || count == 1) {
      // Counts from the start of the run belong to the last bin.
      if (end <= TimelineScale.BINS + 1) {
        counts[(int) Math.min(end, TimelineScale.BINS - 1)] += count;
      }
      return;
    }
    long done = share(count, begin, end, Math.max(0, Math.floor(begin)));
    for (int bin = (int) Math.max(0, Math.floor(begin)); bin < TimelineScale.BINS; bin++) {
      long next = share(count, begin, end, bin + 1);
      counts[bin] += next - done;
      done = next;
      if (bin + 1 >= end) {
        return;
      }
    }
  }

  void addAll(TimeBins other) {
    for (int bin = 0; bin < counts.length; bin++) {
      counts[bin] += other.counts[bin];
    }
  }

  long get(int bin) {
    return counts[bin];
  }

  long max() {
    return java.util.Arrays.stream(counts).max().orElse(0);
  }

  /// The index of the bin with the highest count; the first if there are several.
  int highest() {
    int highest = 0;
    for (int bin = 1; bin < counts.length; bin++) {
      highest = counts[bin] > counts[highest] ? bin : highest;
    }
    return highest;
  }

  long total() {
    return sum(0, counts.length);
  }

  long sum(int from, int to) {
    return java.util.Arrays.stream(counts, from, to).sum();
  }

  /// The part of the count up to this position.
  private static long share(long count, double begin, double end, double by) {
    double part = Math.clamp((by - begin) / (end - begin), 0, 1);
    return Math.round(count * part);
  }
}
