package dev.diagbundle.report.timeline;

import module java.base;

/// The dimensions of the timeline's chart: 1136 wide, a row of 72 for each node, its line 86 below
/// the top for the first, warnings up to 30 above it and errors to 26 below.
final class TimelineChart {
  static final int LEFT = 104;
  static final int RIGHT = 1_078;
  static final int FIRST_LINE = 86;
  static final int ROW = 72;
  static final int UP = 30;
  static final int DOWN = 26;

  private static final double BIN = (RIGHT - LEFT) / (double) TimelineScale.BINS;
  private static final double BAR = BIN - 3;
  private static final double CIRCLES = 21;
  private static final double LAST_CIRCLE = 1_127;

  private TimelineChart() {}

  /// The x coordinate of a position of the scale.
  static double x(double position) {
    return tenth(LEFT + Math.clamp(position, 0, TimelineScale.BINS) * BIN);
  }

  static double binWidth() {
    return tenth(BIN);
  }

  /// The height of a chart with this number of rows.
  static int height(int rows) {
    return FIRST_LINE + ROW * (rows - 1) + 46;
  }

  /// All bars of a row, as the outline of a path. A bin with a count of one is always visible.
  ///
  /// @param height the height of the highest bar of all rows; negative if the bars go up
  static String bars(TimeBins bins, long max, int line, int height) {
    var path = new StringBuilder();
    for (int bin = 0; bin < TimelineScale.BINS; bin++) {
      if (bins.get(bin) > 0) {
        double part = Math.sqrt((double) bins.get(bin) / Math.max(1, max));
        double bar = Math.copySign(Math.max(1.5, Math.abs(height) * part), height);
        path.append(bar(LEFT + bin * BIN + 1.5, line, BAR, bar));
      }
    }
    return path.toString();
  }

  static String bar(double x, double y, double width, double height) {
    return "M"
        + text(x)
        + " "
        + text(y)
        + "h"
        + text(width)
        + "v"
        + text(height)
        + "h"
        + text(-width)
        + "z";
  }

  /// The positions of circles near their moments, so that none covers another.
  static List<Double> circles(List<Double> moments) {
    int count = moments.size();
    var right = new ArrayList<>(moments);
    var left = new ArrayList<>(moments);
    for (int i = 1; i < count; i++) {
      right.set(i, Math.max(moments.get(i), right.get(i - 1) + CIRCLES));
      int j = count - 1 - i;
      left.set(j, Math.min(moments.get(j), left.get(j + 1) - CIRCLES));
    }
    double over = 0;
    if (count > 0) {
      over = Math.max(0, (right.getLast() + left.getLast()) / 2 - LAST_CIRCLE);
    }
    var places = new ArrayList<Double>();
    for (int i = 0; i < count; i++) {
      places.add(tenth((right.get(i) + left.get(i)) / 2 - over));
    }
    return places;
  }

  static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static String text(double value) {
    double tenth = tenth(value);
    return tenth == Math.rint(tenth) ? Long.toString((long) tenth) : Double.toString(tenth);
  }
}
