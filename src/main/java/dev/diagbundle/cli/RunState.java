package dev.diagbundle.cli;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where a run stands, apart from how it is shown. Safe for use by many threads.
final class RunState implements Progress.Listener {
  private final Map<String, Counts> nodes = new TreeMap<>();
  private final Counts total = new Counts();
  private String cluster = "";
  private String phase = "connecting";

  private static final class Counts {
    private int planned;
    private int ended;
    private int gaps;
    private int working;
    private long bytes;
  }

  /// How far one node, or all, has come.
  ///
  /// @param name of the node; empty for what is asked of the API server
  /// @param gaps number of ended items that leave something missing
  record Line(String name, int planned, int ended, int gaps, int working, long bytes) {}

  /// A moment of the run.
  ///
  /// @param nodes those with work under way first, then the others, by name
  record Snapshot(String cluster, String phase, Line total, List<Line> nodes) {}

  @Override
  public synchronized void on(Progress progress) {
    switch (progress) {
      case Progress.Started started -> {
        cluster = started.cluster();
        phase = "collecting";
      }
      case Progress.Planned planned -> {
        node(planned.node()).planned++;
        total.planned++;
      }
      case Progress.Working working -> {
        node(working.node()).working++;
        total.working++;
      }
      case Progress.Ended ended -> {
        end(node(ended.node()), ended);
        end(total, ended);
      }
      case Progress.Interrupted(String cause) ->
          phase = cause.equals("deadline") ? "deadline reached" : "stopping";
      case Progress.Finishing _ -> phase = "finishing";
    }
  }

  synchronized Snapshot snapshot() {
    var lines = new ArrayList<Line>();
    nodes.forEach((name, counts) -> lines.add(line(name, counts)));
    lines.sort((a, b) -> Integer.compare(Math.min(b.working(), 1), Math.min(a.working(), 1)));
    return new Snapshot(cluster, phase, line("", total), lines);
  }

  private static void end(Counts counts, Progress.Ended ended) {
    counts.ended++;
    counts.bytes += ended.bytes();
    if (counts.working > 0 && !(ended.outcome() instanceof Outcome.Cancelled)) {
      counts.working--;
    }
    if (ended.outcome().leavesGap()) {
      counts.gaps++;
    }
  }

  private Counts node(String name) {
    return nodes.computeIfAbsent(name, any -> new Counts());
  }

  private static Line line(String name, Counts counts) {
    return new Line(name, counts.planned, counts.ended, counts.gaps, counts.working, counts.bytes);
  }
}
