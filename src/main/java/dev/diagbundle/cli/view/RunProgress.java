package dev.diagbundle.cli.view;

import module java.base;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;

/// The state of a run, apart from its display. Safe for use by many threads.
public final class RunProgress implements Progress.Listener {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::cluster).thenComparing(Place::node);

  private final Map<Place, Counts> places = new TreeMap<>(ORDER);
  private final Set<String> clusters = new TreeSet<>();
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

  private record Place(String cluster, String node) {}

  /// The progress of one node, or of all.
  ///
  /// @param cluster of the node if there are several; else empty
  /// @param name of the node; empty for requests to the API server
  /// @param gaps number of ended items that leave something missing
  record Line(
      String cluster, String name, int planned, int ended, int gaps, int working, long bytes) {}

  /// The progress at one moment.
  ///
  /// @param nodes those with work under way first, then the others, by name
  record Snapshot(String cluster, String phase, Line total, List<Line> nodes) {}

  @Override
  public synchronized void on(Progress progress) {
    on("", progress);
  }

  private void on(String in, Progress progress) {
    switch (progress) {
      case Progress.InCluster(String name, Progress event) -> {
        clusters.add(name);
        on(name, event);
      }
      case Progress.Started started -> {
        cluster = started.cluster();
        phase = phase.equals("connecting") ? "collecting" : phase;
      }
      case Progress.Planned planned -> {
        place(in, planned.node()).planned++;
        total.planned++;
      }
      case Progress.Working working -> {
        place(in, working.node()).working++;
        total.working++;
      }
      case Progress.ItemEnded ended -> {
        end(place(in, ended.node()), ended);
        end(total, ended);
      }
      case Progress.Interrupted(String cause) ->
          phase = cause.equals("deadline") ? "deadline reached" : "stopping";
      case Progress.Finishing _ -> phase = "finishing";
    }
  }

  synchronized Snapshot snapshot() {
    var lines = new ArrayList<Line>();
    places.forEach((place, counts) -> lines.add(line(place, counts)));
    lines.sort((a, b) -> Integer.compare(Math.min(b.working(), 1), Math.min(a.working(), 1)));
    var what = clusters.size() > 1 ? clusters.size() + " clusters" : cluster;
    return new Snapshot(what, phase, line(new Place("", ""), total), lines);
  }

  private static void end(Counts counts, Progress.ItemEnded ended) {
    counts.ended++;
    counts.bytes += ended.bytes();
    if (counts.working > 0 && !(ended.outcome() instanceof Outcome.Cancelled)) {
      counts.working--;
    }
    if (ended.outcome().leavesGap()) {
      counts.gaps++;
    }
  }

  private Counts place(String cluster, String node) {
    return places.computeIfAbsent(new Place(cluster, node), any -> new Counts());
  }

  private static Line line(Place place, Counts counts) {
    return new Line(
        place.cluster(),
        place.node(),
        counts.planned,
        counts.ended,
        counts.gaps,
        counts.working,
        counts.bytes);
  }
}
