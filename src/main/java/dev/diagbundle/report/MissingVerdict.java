package dev.diagbundle.report;

import module java.base;

import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.report.collection.Gaps;
import dev.diagbundle.report.collection.ItemTally;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;

/// The right half of the verdict: the completeness of the bundle, and the reasons for gaps.
record MissingVerdict(
    String icon, String title, String sentence, List<Bar> bars, List<Why> reasons, int total) {
  private static final int MAX_REASONS = 5;
  private static final double BAR = 1_000;

  /// A part of the bar; `kind` is its class.
  record Bar(String kind, String x, String width) {}

  /// One reason for a gap, in short.
  record Why(Href href, String count, String title) {}

  static MissingVerdict of(Manifest manifest, Gaps gaps) {
    var tally = ItemTally.of(manifest.items());
    boolean interrupted = manifest.run().interrupted().isPresent();
    var real = gaps.all().stream().filter(gap -> gap.standing() != Gaps.Standing.NOTHING).toList();
    var icon = interrupted || tally.gaps() > 0 ? "part" : "ok";
    var title =
        interrupted
            ? "Interrupted collection"
            : tally.gaps() > 0 ? "Partial collection" : "Complete collection";
    return new MissingVerdict(
        icon,
        title,
        tally.sentence(),
        bars(tally),
        real.stream()
            .limit(MAX_REASONS)
            .map(gap -> new Why(Href.anchor(gap.id()), TextFormat.count(gap.count()), gap.title()))
            .toList(),
        real.size());
  }

  private static List<Bar> bars(ItemTally tally) {
    var bars = new ArrayList<Bar>();
    double all = Math.max(1, tally.applicable());
    double x = 0;
    var kinds = List.of("a", "b", "c");
    var counts = List.of(tally.collected(), tally.shortened(), tally.missing());
    for (int i = 0; i < kinds.size(); i++) {
      double width = BAR * counts.get(i) / all;
      if (width > 0) {
        // A gap of 3 between parts, and a visible width for the smallest.
        bars.add(new Bar(kinds.get(i), number(x), number(Math.max(2, width - 3))));
      }
      x += width;
    }
    return List.copyOf(bars);
  }

  private static String number(double value) {
    return TextFormat.tenths(Math.round(value * 1_000));
  }
}
