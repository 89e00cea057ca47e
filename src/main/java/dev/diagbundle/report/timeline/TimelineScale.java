package dev.diagbundle.report.timeline;

import module java.base;

import dev.diagbundle.bundle.manifest.Manifest;

/// The window of the run in sixty bins, as shown in the timeline; for several clusters, from the
/// start of the first window to the end of the last.
public record TimelineScale(Instant from, Instant to) {
  static final int BINS = 60;

  public static TimelineScale of(Manifest manifest) {
    var from = manifest.run().window().from();
    var to = manifest.run().window().to();
    for (var part : manifest.run().clusters()) {
      from = part.window().from().isBefore(from) ? part.window().from() : from;
      to = part.window().to().isAfter(to) ? part.window().to() : to;
    }
    return new TimelineScale(from, to);
  }

  /// The length of one bin, in milliseconds; at least one.
  double binMillis() {
    return Math.max(1, Duration.between(from, to).toMillis()) / (double) BINS;
  }

  /// The position of an instant in the window, in bins; less than 0 or more than [#BINS] outside of
  /// it.
  double position(Instant instant) {
    var limited = instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
    return (limited.getEpochSecond() - from.getEpochSecond()) * 1_000.0 / binMillis()
        + (limited.getNano() - from.getNano()) / 1e6 / binMillis();
  }

  /// The start of a bin.
  Instant start(int bin) {
    return from.plusMillis(Math.round(bin * binMillis()));
  }

  boolean contains(Instant instant) {
    return !instant.isBefore(from) && !instant.isAfter(to);
  }

  /// The times of day, or days, for the axis: eight at most.
  List<Instant> ticks() {
    long seconds = Math.max(1, Duration.between(from, to).toSeconds());
    long step = TICKS.getLast();
    for (long each : TICKS) {
      if (seconds / each <= 8) {
        step = each;
        break;
      }
    }
    long first = Math.ceilDiv(from.getEpochSecond(), step) * step;
    long chosen = step;
    return java.util.stream.LongStream.iterate(
            first, at -> at <= to.getEpochSecond(), at -> at + chosen)
        .limit(20)
        .mapToObj(Instant::ofEpochSecond)
        .toList();
  }

  private static final List<Long> TICKS =
      List.of(
          1L,
          10L,
          30L,
          60L,
          120L,
          300L,
          600L,
          900L,
          1_800L,
          3_600L,
          7_200L,
          10_800L,
          14_400L,
          21_600L,
          43_200L,
          86_400L,
          172_800L,
          604_800L,
          1_209_600L,
          2_592_000L,
          31_536_000L);
}
