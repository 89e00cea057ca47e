package dev.diagbundle.report.timeline;

import module java.base;

import dev.diagbundle.model.Printable;
import dev.diagbundle.report.html.TextFormat;

/// The rows of the timeline, gathered first and drawn once the highest bar of all is known.
final class TimelineRows {
  /// The number of bins in a column of the table.
  static final int COLUMN = TimelineScale.BINS / 6;

  private static final int MAX_NAME = 13;
  private static final int TAIL = 7;
  private static final double LETTER = 6.5;
  private static final String UNKNOWN = "unknown";

  private final TimelineScale scale;
  private final LogErrors patterns;
  private final TimelineEvents events;
  private final double warningsFrom;
  private final List<Draft> drafts = new ArrayList<>();

  /// One row.
  ///
  /// @param name the name, short enough for the chart
  /// @param line the position of its baseline
  /// @param warnings the outline of the bars above the baseline
  /// @param cells the cells of the table
  record Row(
      String name,
      String fullName,
      String state,
      int line,
      String warnings,
      String errors,
      String warningPeak,
      String errorPeak,
      List<Hatch> hatches,
      List<Hit> hits,
      List<String> cells,
      String total) {}

  /// A hatched area.
  ///
  /// @param label the label shown in it, if there is room
  record Hatch(
      double x, int y, double width, int height, String title, String label, double labelWidth) {}

  /// An area of one bin with its numbers as a tooltip.
  record Hit(double x, String title) {}

  private record Draft(
      String name,
      String state,
      TimeBins warnings,
      TimeBins errors,
      boolean hasLogs,
      List<TimelineGaps.Gap> gaps) {}

  TimelineRows(TimelineScale scale, LogErrors patterns, TimelineEvents events) {
    this.scale = scale;
    this.patterns = patterns;
    this.events = events;
    double oldest = events.oldest().map(scale::position).orElse((double) TimelineScale.BINS);
    this.warningsFrom = Math.clamp(oldest, 0, TimelineScale.BINS);
  }

  /// @param state the state below its name; may be empty
  void add(LogErrors.NodeKey key, String state, List<TimelineGaps.Gap> gaps) {
    var words = state.isEmpty() ? key.cluster() : state;
    drafts.add(
        new Draft(key.node(), words, warnings(List.of(key)), errors(List.of(key)), true, gaps));
  }

  /// Adds one row for all of these nodes, if there are any.
  void addOthers(List<LogErrors.NodeKey> keys) {
    if (!keys.isEmpty()) {
      drafts.add(
          new Draft(
              "Other nodes",
              TextFormat.count(keys.size()),
              warnings(keys),
              errors(keys),
              true,
              List.of()));
    }
  }

  /// Adds one row for counts without a node, if there are any.
  void addCluster(List<String> clusters) {
    var keys = clusters.stream().map(name -> new LogErrors.NodeKey(name, "")).toList();
    boolean logs = keys.stream().anyMatch(patterns.nodes()::containsKey);
    var draft = new Draft("Control plane", "", warnings(keys), errors(keys), logs, List.of());
    if (draft.warnings.total() + draft.errors.total() > 0) {
      drafts.add(draft);
    }
  }

  List<Row> rows() {
    long warnings = drafts.stream().mapToLong(draft -> draft.warnings.max()).max().orElse(0);
    long errors = drafts.stream().mapToLong(draft -> draft.errors.max()).max().orElse(0);
    var rows = new ArrayList<Row>();
    for (Draft draft : drafts) {
      int line = TimelineChart.FIRST_LINE + TimelineChart.ROW * rows.size();
      rows.add(
          new Row(
              shortName(draft.name),
              draft.name,
              Printable.cut(draft.state, MAX_NAME),
              line,
              TimelineChart.bars(draft.warnings, warnings, line, -TimelineChart.UP),
              TimelineChart.bars(draft.errors, errors, line + 1, TimelineChart.DOWN),
              events.oldest().isEmpty() ? UNKNOWN : "max " + TextFormat.count(draft.warnings.max()),
              errorPeak(draft),
              hatches(draft, line, rows.isEmpty()),
              hits(draft),
              cells(draft),
              cell(draft, 0, TimelineScale.BINS)));
    }
    return List.copyOf(rows);
  }

  private static String errorPeak(Draft draft) {
    if (!draft.hasLogs) {
      return "";
    }
    return isUnknown(draft, 0, TimelineScale.BINS)
        ? UNKNOWN
        : "max " + TextFormat.count(draft.errors.max());
  }

  private List<Hatch> hatches(Draft draft, int line, boolean first) {
    var hatches = new ArrayList<Hatch>();
    if (warningsFrom > 1) {
      var text = events.oldest().isEmpty() ? "no events" : "older events expired";
      hatches.add(
          hatch(
              new TimelineGaps.Gap(0, warningsFrom, text),
              line - TimelineChart.UP,
              TimelineChart.UP - 1,
              first));
    }
    for (var gap : draft.gaps) {
      hatches.add(hatch(gap, line + 1, TimelineChart.DOWN, true));
    }
    return List.copyOf(hatches);
  }

  private static Hatch hatch(TimelineGaps.Gap gap, int y, int height, boolean labelled) {
    double x = TimelineChart.x(gap.from());
    double width = TimelineChart.tenth(TimelineChart.x(gap.to()) - x);
    double label = TimelineChart.tenth(gap.text().length() * LETTER + 12);
    boolean fits = labelled && label + 16 < width;
    return new Hatch(x, y, width, height, gap.text(), fits ? gap.text() : "", label);
  }

  private List<Hit> hits(Draft draft) {
    var hits = new ArrayList<Hit>();
    for (int bin = 0; bin < TimelineScale.BINS; bin++) {
      long warnings = draft.warnings.get(bin);
      long errors = draft.errors.get(bin);
      if (warnings + errors > 0) {
        hits.add(
            new Hit(
                TimelineChart.x(bin),
                draft.name
                    + ", "
                    + TimelineSection.minute(scale, scale.start(bin))
                    + " UTC: "
                    + TextFormat.count(warnings, "warning")
                    + ", "
                    + TextFormat.count(errors, "error line")));
      }
    }
    return List.copyOf(hits);
  }

  private List<String> cells(Draft draft) {
    var cells = new ArrayList<String>();
    for (int bin = 0; bin < TimelineScale.BINS; bin += COLUMN) {
      cells.add(cell(draft, bin, bin + COLUMN));
    }
    return List.copyOf(cells);
  }

  private String cell(Draft draft, int from, int to) {
    long warnings = draft.warnings.sum(from, to);
    var above = warnings == 0 && warningsFrom >= to ? UNKNOWN : TextFormat.count(warnings);
    if (!draft.hasLogs) {
      return above + " / –";
    }
    var below = isUnknown(draft, from, to) ? UNKNOWN : TextFormat.count(draft.errors.sum(from, to));
    return above + " / " + below;
  }

  private static boolean isUnknown(Draft draft, int from, int to) {
    return draft.errors.sum(from, to) == 0
        && draft.gaps.stream().anyMatch(gap -> gap.covers(from, to));
  }

  private TimeBins warnings(List<LogErrors.NodeKey> keys) {
    var sum = new TimeBins();
    for (var key : keys) {
      var bins = events.warnings().get(key);
      if (bins != null) {
        sum.addAll(bins);
      }
    }
    return sum;
  }

  private TimeBins errors(List<LogErrors.NodeKey> keys) {
    var sum = new TimeBins();
    for (var key : keys) {
      patterns.node(key.cluster(), key.node()).ifPresent(node -> sum.addAll(node.bins()));
    }
    return sum;
  }

  /// The shortened name of a node: names often differ at their ends only.
  private static String shortName(String name) {
    if (name.codePointCount(0, name.length()) <= MAX_NAME) {
      return name;
    }
    var points = name.codePoints().toArray();
    return new String(points, 0, MAX_NAME - TAIL - 1)
        + "…"
        + new String(points, points.length - TAIL, TAIL);
  }
}
