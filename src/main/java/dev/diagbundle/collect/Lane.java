package dev.diagbundle.collect;

import dev.diagbundle.collect.PlannedTask.Load;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tasks of one node (or of the API server) that wait, and how many of them are under way. Not
/// safe for threads: the executor's lock guards it.
final class Lane {
  private final int maxRunning;
  private final Map<Load, Track> tracks = new EnumMap<>(Load.class);
  private String unreachable = "";

  /// The tasks of one load.
  private static final class Track {
    private final Deque<PlannedTask> waiting = new ArrayDeque<>();
    private int running;
  }

  Lane(int maxRunning) {
    this.maxRunning = maxRunning;
  }

  void add(PlannedTask task) {
    track(task.load()).waiting.add(task);
  }

  /// The next task that the node's limits allow to start, which then counts as running.
  Optional<PlannedTask> start() {
    int total = tracks.values().stream().mapToInt(track -> track.running).sum();
    if (total >= maxRunning) {
      return Optional.empty();
    }
    for (Load load : List.of(Load.LIGHT, Load.QUERY, Load.FILE)) {
      var track = track(load);
      boolean oneAtATime = load != Load.LIGHT;
      if (oneAtATime && track.running > 0) {
        continue;
      }
      var task = track.waiting.poll();
      if (task != null) {
        track.running++;
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  void ended(PlannedTask task) {
    track(task.load()).running--;
  }

  boolean isEmpty() {
    return tracks.values().stream().allMatch(track -> track.waiting.isEmpty());
  }

  /// Gives up on the node: what waits is taken out, and [#unreachable] says why.
  List<PlannedTask> giveUp(String why) {
    unreachable = why;
    var given = new ArrayList<PlannedTask>();
    for (Track track : tracks.values()) {
      given.addAll(track.waiting);
      track.waiting.clear();
    }
    return given;
  }

  /// Why the node was given up; empty if it was not.
  String unreachable() {
    return unreachable;
  }

  private Track track(Load load) {
    return tracks.computeIfAbsent(load, any -> new Track());
  }
}
