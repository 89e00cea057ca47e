package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.collect.task.NodeQueue.Closing;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Ticker;

/// The scheduler of all queues, which chooses the next task. Not thread-safe: the executor's lock
/// guards it.
///
/// The queues take turns. To keep nodes that hang from occupying every place while others wait, a
/// node that has not answered yet gets one place, all such nodes together get half of the places,
/// and the first request to each has a short timeout. A node that was silent is retried, with the
/// full timeout, after all others have had a turn, but only while they have work: when nothing else
/// is left, it is given up. The API server's own queue leaves a quarter of the places to the nodes.
final class FairScheduler {
  /// If there are more nodes, those beyond do not all start at the same moment.
  private static final int MANY = 32;

  private static final Duration MAX_JITTER = Duration.ofMillis(250);

  private final IntSupplier places;
  private final Function<String, NodeLimits> rules;
  private final Ticker ticker;
  private final Map<String, NodeQueue> queues = new HashMap<>();
  private final LinkedHashSet<String> turns = new LinkedHashSet<>();

  private int running;
  private int unproven;
  private int late;

  /// A task to start.
  ///
  /// @param impatient true if the first answer of its node has a short timeout
  /// @param silence the outcome of its first start, if it has been started before
  /// @param givenUp true if it is not to run again, but to end with that outcome
  record Start(PlannedTask task, boolean impatient, Optional<Outcome> silence, boolean givenUp) {
    boolean again() {
      return silence.isPresent();
    }
  }

  /// @param places maximum concurrent tasks, at the time of the call
  /// @param rules limits by the node's name
  FairScheduler(IntSupplier places, Function<String, NodeLimits> rules, Ticker ticker) {
    this.places = places;
    this.rules = rules;
    this.ticker = ticker;
  }

  /// Queues a task.
  ///
  /// @return its outcome, if no task of its kind is started any more; else empty
  Optional<Outcome> add(PlannedTask task) {
    var closed = queue(task.queue()).add(task);
    if (closed.isEmpty()) {
      turns.add(task.queue());
    }
    return closed;
  }

  /// Returns whether no task is waiting.
  boolean isEmpty() {
    return turns.isEmpty();
  }

  /// The next task that may start, which then counts as running.
  Optional<Start> next() {
    if (running >= places.getAsInt()) {
      return Optional.empty();
    }
    long now = ticker.nanos();
    var next = next(false, now);
    return next.isPresent() || knocking() ? next : next(true, now);
  }

  private Optional<Start> next(boolean ofLate, long now) {
    for (int i = turns.size(); i > 0; i--) {
      var node = turns.removeFirst();
      var queue = queue(node);
      var task =
          queue.isLate() == ofLate && hasPlace(queue)
              ? queue.start(now)
              : Optional.<PlannedTask>empty();
      if (!queue.isEmpty()) {
        turns.add(node);
      }
      if (task.isPresent()) {
        return Optional.of(started(task.get(), queue));
      }
    }
    return Optional.empty();
  }

  private Start started(PlannedTask task, NodeQueue queue) {
    count(queue, 1);
    if (queue.isLate()) {
      return new Start(task, false, queue.silence(), hasOnlyLate());
    }
    return new Start(task, !queue.hasAnswered(), Optional.empty(), false);
  }

  /// Returns whether no tasks are left but those of nodes that were silent.
  boolean hasOnlyLate() {
    return running == late && turns.stream().map(this::queue).allMatch(NodeQueue::isLate);
  }

  /// Returns whether a node still waits for its first request.
  private boolean knocking() {
    return turns.stream()
        .map(this::queue)
        .anyMatch(queue -> !queue.hasAnswered() && !queue.isLate());
  }

  private boolean hasPlace(NodeQueue queue) {
    boolean othersBusy = running > unproven;
    if (queue.hasAnswered() || !othersBusy) {
      return true;
    }
    return unproven < half() && (!queue.isLate() || late < Math.max(1, half() / 2));
  }

  /// Requeues a task whose node did not answer, if that node is to be retried late: while others
  /// have work, that costs nothing.
  ///
  /// @return true if it will be started again
  boolean postponed(Start start, TaskResult result) {
    var queue = queue(start.task().queue());
    if (!start.impatient() || !result.isTimeout() || queue.hasAnswered()) {
      return false;
    }
    boolean othersWork =
        running - queue.running() > late
            || turns.stream().map(this::queue).anyMatch(one -> one != queue && !one.isLate());
    if (!othersWork) {
      return false;
    }
    count(queue, -1);
    queue.postpone(start.task(), result.outcome());
    turns.add(start.task().queue());
    return true;
  }

  /// Records the result of a task.
  ///
  /// @return tasks that will not be started any more
  Closing ended(PlannedTask task, TaskResult result) {
    var queue = queue(task.queue());
    int before = queue.running();
    count(queue, -before);
    var closing = queue.ended(task, result, ticker.nanos());
    count(queue, queue.running());
    if (queue.isEmpty()) {
      turns.remove(task.queue());
    }
    return closing;
  }

  /// Records that a node has answered.
  ///
  /// @return true if this is the first answer
  boolean answered(String node) {
    var queue = queues.get(node);
    if (queue == null || queue.hasAnswered()) {
      return false;
    }
    int before = queue.running();
    count(queue, -before);
    queue.answered();
    count(queue, before);
    return true;
  }

  /// Pauses log queries at a node for this time.
  void restQueries(String node, Duration time) {
    var queue = queues.get(node);
    if (queue != null) {
      queue.restQueries(ticker.nanos() + time.toNanos());
    }
  }

  /// The time until a task may start that only has to wait for a time, in nanoseconds;
  /// [Long#MAX_VALUE] if there is no such task, or no place for it.
  long restLeft() {
    if (running >= places.getAsInt()) {
      return Long.MAX_VALUE;
    }
    long now = ticker.nanos();
    return turns.stream().mapToLong(node -> queue(node).restLeft(now)).min().orElse(Long.MAX_VALUE);
  }

  private int half() {
    return Math.max(1, places.getAsInt() / 2);
  }

  private void count(NodeQueue queue, int tasks) {
    running += tasks;
    unproven += queue.hasAnswered() ? 0 : tasks;
    late += queue.isLate() ? tasks : 0;
  }

  private NodeQueue queue(String node) {
    return queues.computeIfAbsent(node, this::begun);
  }

  private NodeQueue begun(String node) {
    long now = ticker.nanos();
    if (node.isEmpty()) {
      int most = places.getAsInt();
      return NodeQueue.ofServer(Math.max(1, most - most / 4), now);
    }
    long jitter =
        queues.size() < MANY ? 0 : ThreadLocalRandom.current().nextLong(MAX_JITTER.toNanos());
    return NodeQueue.ofNode(rules.apply(node), now + jitter);
  }
}
