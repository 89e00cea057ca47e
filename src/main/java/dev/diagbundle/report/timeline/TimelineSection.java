package dev.diagbundle.report.timeline;

import module java.base;

import dev.diagbundle.report.cluster.NodesSection;
import dev.diagbundle.report.findings.FindingLink;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;

/// The section "Timeline": warnings and error lines of each node over the window, and the important
/// moments.
///
/// @param window its length, in words
/// @param nodes the number of nodes with data, of which `shown` have rows of their own
/// @param per the length of a bin, in words
/// @param perColumn the length of time of a column of the table
/// @param columns the columns of the table, by their start times
public record TimelineSection(
    String count,
    String window,
    String per,
    int nodes,
    int shown,
    int height,
    double binWidth,
    List<Tick> ticks,
    List<TimelineRows.Row> rows,
    List<Mark> marks,
    String perColumn,
    List<String> columns) {
  /// The maximum number of nodes with rows of their own.
  static final int MAX_NODES = 20;

  private static final Duration DAY = Duration.ofDays(1);

  /// A time on the axis.
  record Tick(double x, String label) {}

  /// A moment with its number.
  ///
  /// @param at the position on the axis
  /// @param x the position of its circle
  record Mark(
      int number,
      double at,
      double x,
      String time,
      String iso,
      String text,
      Optional<FindingLink> finding) {}

  private record Node(LogErrors.NodeKey key, String state, long errors, long warnings) {}

  public static TimelineSection of(
      BundleFiles files,
      LogErrors patterns,
      TimelineEvents events,
      NodesSection nodes,
      List<Milestones.Moment> moments) {
    var scale = TimelineScale.of(files.manifest());
    var known = known(patterns, events, nodes);
    var shown = known.subList(0, Math.min(MAX_NODES, known.size()));
    var keys = new HashSet<LogErrors.NodeKey>();
    shown.forEach(node -> keys.add(node.key));
    var rows = new TimelineRows(scale, patterns, events);
    var gaps = new TimelineGaps(files, patterns, scale, keys);
    for (Node node : shown) {
      rows.add(node.key, node.state, gaps.of(node.key));
    }
    rows.addOthers(known.subList(shown.size(), known.size()).stream().map(Node::key).toList());
    rows.addCluster(files.clusters().stream().map(BundleFiles::clusterName).toList());
    var drawn = rows.rows();
    var bin = Duration.ofMillis(Math.round(scale.binMillis()));
    return new TimelineSection(
        minute(scale, scale.from()) + " – " + minute(scale, scale.to()) + " UTC",
        TextFormat.duration(Duration.between(scale.from(), scale.to())),
        TextFormat.duration(bin),
        known.size(),
        shown.size(),
        TimelineChart.height(Math.max(1, drawn.size())),
        TimelineChart.binWidth(),
        ticks(scale),
        drawn,
        marks(scale, moments),
        TextFormat.duration(bin.multipliedBy(TimelineRows.COLUMN)),
        columns(scale));
  }

  /// The nodes with data: those not ready first, then those with the most errors.
  private static List<Node> known(LogErrors patterns, TimelineEvents events, NodesSection nodes) {
    var states = new HashMap<LogErrors.NodeKey, String>();
    for (var row : nodes.rows()) {
      var key = new LogErrors.NodeKey(row.cluster(), row.facts().name());
      states.put(key, row.facts().isNotReady() ? "NotReady" : "");
    }
    events.warnings().keySet().forEach(key -> states.putIfAbsent(key, ""));
    patterns.nodes().keySet().forEach(key -> states.putIfAbsent(key, ""));
    return states.entrySet().stream()
        .filter(each -> !each.getKey().node().isEmpty())
        .map(each -> node(each, patterns, events))
        .sorted(
            Comparator.comparing((Node node) -> node.state.isEmpty())
                .thenComparing(Comparator.comparingLong(Node::errors).reversed())
                .thenComparing(Comparator.comparingLong(Node::warnings).reversed())
                .thenComparing(node -> node.key.cluster())
                .thenComparing(node -> node.key.node()))
        .toList();
  }

  private static Node node(
      Map.Entry<LogErrors.NodeKey, String> each, LogErrors patterns, TimelineEvents events) {
    var errors = patterns.nodes().get(each.getKey());
    var warnings = events.warnings().get(each.getKey());
    return new Node(
        each.getKey(),
        each.getValue(),
        errors == null ? 0 : errors.bins().total(),
        warnings == null ? 0 : warnings.total());
  }

  private static List<Tick> ticks(TimelineScale scale) {
    var ticks = new ArrayList<Tick>();
    var times = scale.ticks();
    boolean days =
        times.size() > 1 && Duration.between(times.get(0), times.get(1)).compareTo(DAY) >= 0;
    for (Instant time : times) {
      double x = TimelineChart.x(scale.position(time));
      var clock = TextFormat.time(time);
      boolean midnight = clock.equals("00:00:00");
      // The first label of the axis, UTC, is there.
      if (x > TimelineChart.LEFT + 8) {
        ticks.add(
            new Tick(
                x,
                days || midnight
                    ? TextFormat.day(time)
                    : minutes(scale) ? clock.substring(0, 5) : clock));
      }
    }
    return List.copyOf(ticks);
  }

  private static List<Mark> marks(TimelineScale scale, List<Milestones.Moment> moments) {
    var places = moments.stream().map(each -> TimelineChart.x(scale.position(each.at()))).toList();
    var circles = TimelineChart.circles(places);
    var marks = new ArrayList<Mark>();
    for (int i = 0; i < moments.size(); i++) {
      var moment = moments.get(i);
      marks.add(
          new Mark(
              i + 1,
              places.get(i),
              circles.get(i),
              TextFormat.timeNear(scale.to(), moment.at()),
              moment.at().toString(),
              moment.text(),
              moment.finding()));
    }
    return List.copyOf(marks);
  }

  private static List<String> columns(TimelineScale scale) {
    var columns = new ArrayList<String>();
    for (int bin = 0; bin < TimelineScale.BINS; bin += TimelineRows.COLUMN) {
      columns.add("from " + minute(scale, scale.start(bin)));
    }
    return List.copyOf(columns);
  }

  /// The time to the minute: `02:14`, with the day if it is not the day of the end.
  static String minute(TimelineScale scale, Instant time) {
    var text = TextFormat.timeNear(scale.to(), time);
    return minutes(scale) ? text.substring(0, text.length() - 3) : text;
  }

  /// Returns whether the scale is too coarse for seconds.
  private static boolean minutes(TimelineScale scale) {
    return scale.binMillis() >= 20_000;
  }
}
