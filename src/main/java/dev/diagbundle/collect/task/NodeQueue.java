package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The queue of one node (or of the API server): its waiting tasks, the number of running ones, and
/// the observed health of the node. Not thread-safe: the executor's lock guards it.
///
/// A node that has not answered yet gets one request. If it cannot be reached, or stays silent, all
/// its tasks are given up. A refusal of the API server (403) is not an answer of the node. At a
/// node that answers, one load is given up when three tasks of it have failed in a row.
final class NodeQueue {
  private static final int MAX_FAILURES = 3;

  private final NodeLimits rules;
  private final boolean isServer;
  private final Map<Load, Track> tracks = new EnumMap<>(Load.class);
  private boolean answered;
  private Optional<Outcome> silence = Optional.empty();
  private Optional<Outcome> givenUp = Optional.empty();
  private long restUntil;

  /// The tasks of one load.
  private static final class Track {
    private final Deque<PlannedTask> waiting = new ArrayDeque<>();
    private int running;
    private int failures;
    private Optional<Outcome> closed = Optional.empty();
    private long restUntil;
  }

  /// Waiting tasks that end without having been started.
  record Closing(List<PlannedTask> tasks, Outcome outcome) {
    private static final Closing NONE = new Closing(List.of(), new Outcome.Collected());

    Closing {
      tasks = List.copyOf(tasks);
    }
  }

  private NodeQueue(NodeLimits rules, boolean isServer, long now) {
    this.rules = rules;
    this.isServer = isServer;
    this.answered = isServer;
    this.restUntil = now;
    for (Load load : Load.values()) {
      var track = new Track();
      track.restUntil = now;
      tracks.put(load, track);
    }
  }

  /// The queue of the API server, which is never given up.
  static NodeQueue ofServer(int maxRunning, long now) {
    return new NodeQueue(new NodeLimits(maxRunning, Duration.ZERO), true, now);
  }

  /// The queue of a node.
  ///
  /// @param begin earliest start, as a reading of the monotonic clock
  static NodeQueue ofNode(NodeLimits rules, long begin) {
    return new NodeQueue(rules, false, begin);
  }

  /// Queues a task.
  ///
  /// @return its outcome, if no task of its load is started any more; else empty
  Optional<Outcome> add(PlannedTask task) {
    var closed = givenUp.or(() -> track(task).closed);
    if (closed.isEmpty()) {
      track(task).waiting.add(task);
    }
    return closed;
  }

  /// The next task that the node's limits allow to start, which then counts as running.
  Optional<PlannedTask> start(long now) {
    if (running() >= (answered ? rules.maxRunning() : 1) || restUntil - now > 0) {
      return Optional.empty();
    }
    for (Load load : List.of(Load.LIGHT, Load.QUERY, Load.FILE)) {
      var track = tracks.get(load);
      boolean oneAtATime = load != Load.LIGHT;
      if (track == null || (oneAtATime && track.running > 0) || track.restUntil - now > 0) {
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

  /// Requeues a task that got no answer while others waited: it is retried after their turns.
  ///
  /// @param outcome for the task, if its node is not retried
  void postpone(PlannedTask task, Outcome outcome) {
    silence = Optional.of(outcome);
    track(task).running--;
    track(task).waiting.addFirst(task);
  }

  /// Records the result of a task.
  ///
  /// @return tasks that will not be started any more
  Closing ended(PlannedTask task, TaskResult result, long now) {
    var track = track(task);
    track.running--;
    if (task.load() == Load.QUERY) {
      track.restUntil = later(track.restUntil, now + rules.queryPause().toNanos());
    }
    if (isServer) {
      return Closing.NONE;
    }
    if (result.isUnreachable() || (result.isTimeout() && !answered)) {
      return giveUp(result.outcome());
    }
    answered |= !result.isForbidden();
    if (!result.isStrain(task.load())) {
      track.failures = 0;
      track.closed = Optional.empty();
      return Closing.NONE;
    }
    track.failures++;
    return track.failures < MAX_FAILURES ? Closing.NONE : close(task.load(), track, result);
  }

  /// Records that the node has answered, so it is reachable.
  void answered() {
    answered = true;
  }

  /// Pauses log queries at the node until then.
  void restQueries(long until) {
    var track = tracks.get(Load.QUERY);
    if (track != null) {
      track.restUntil = later(track.restUntil, until);
    }
  }

  /// The time until a waiting task may start that only has to wait for a time; [Long#MAX_VALUE] if
  /// there is no such task.
  long restLeft(long now) {
    long left = Long.MAX_VALUE;
    for (Track track : tracks.values()) {
      long rest = Math.max(restUntil - now, track.restUntil - now);
      if (!track.waiting.isEmpty() && rest > 0) {
        left = Math.min(left, rest);
      }
    }
    return left;
  }

  boolean hasAnswered() {
    return answered;
  }

  /// Returns whether the node did not answer its first request, and has not answered since.
  boolean isLate() {
    return silence.isPresent() && !answered;
  }

  /// The outcome of the first request, if it was not answered.
  Optional<Outcome> silence() {
    return silence;
  }

  int running() {
    return tracks.values().stream().mapToInt(track -> track.running).sum();
  }

  boolean isEmpty() {
    return tracks.values().stream().allMatch(track -> track.waiting.isEmpty());
  }

  private Closing giveUp(Outcome outcome) {
    givenUp = givenUp.or(() -> Optional.of(outcome));
    var given = new ArrayList<PlannedTask>();
    tracks.values().forEach(track -> given.addAll(drained(track)));
    return new Closing(given, outcome);
  }

  private static Closing close(Load load, Track track, TaskResult last) {
    var what =
        switch (load) {
          case QUERY -> "log queries";
          case FILE -> "files";
          case LIGHT -> "requests";
        };
    var outcome =
        new Outcome.Skipped(
            last.outcome().why().orElse(Reason.TIMED_OUT),
            "not requested, because "
                + MAX_FAILURES
                + " "
                + what
                + " of this node failed in a row, the last one: "
                + last.outcome().words());
    track.closed = Optional.of(outcome);
    return new Closing(drained(track), outcome);
  }

  private static List<PlannedTask> drained(Track track) {
    var tasks = new ArrayList<>(track.waiting);
    track.waiting.clear();
    return tasks;
  }

  private Track track(PlannedTask task) {
    return tracks.computeIfAbsent(task.load(), any -> new Track());
  }

  /// Readings of the monotonic clock can only be compared by their difference.
  private static long later(long one, long other) {
    return one - other > 0 ? one : other;
  }
}
