package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.write.OverBudgetException;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.Ticker;
import dev.diagbundle.redact.RedactionException;
import java.util.concurrent.locks.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The executor of tasks, each on its own virtual thread, in the order of [FairScheduler]: with
/// limits on concurrent tasks in total and per node, and with turns between nodes, so that a node
/// that hangs delays no other. A node that turns out to be unreachable or frozen is given up: its
/// remaining tasks end with its reason and send no request.
///
/// [#run] is called once; everything else may be called from any thread.
public final class TaskExecutor {
  private static final String DISK = "the bundle cannot take more data: ";

  private static final Logger LOG = LoggerFactory.getLogger(TaskExecutor.class);

  /// The time that interrupted tasks have to return before they are abandoned.
  private static final Duration GRACE = Duration.ofMillis(1500);

  private final FairScheduler scheduler;
  private final ItemRegistry registry;
  private final Progress.Listener progress;
  private final Ticker ticker;
  private final Scopes scopes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Thread, FairScheduler.Start> running = new HashMap<>();
  private final Set<String> givenUp = new HashSet<>();
  private Optional<String> cancelled = Optional.empty();
  private Optional<StorageException> fault = Optional.empty();

  /// A factory of the scopes of running tasks.
  @FunctionalInterface
  public interface Scopes {
    /// @param impatient true if answers have a short timeout
    TaskScope of(PlannedTask task, boolean impatient);
  }

  /// @param concurrency maximum concurrent tasks, at the time of the call
  /// @param rules limits of each node, by its name
  public TaskExecutor(
      IntSupplier concurrency,
      Function<String, NodeLimits> rules,
      ItemRegistry registry,
      Progress.Listener progress,
      Ticker ticker,
      Scopes scopes) {
    this.scheduler = new FairScheduler(concurrency, rules, ticker);
    this.ticker = ticker;
    this.registry = registry;
    this.progress = progress;
    this.scopes = scopes;
  }

  /// Queues a task, unless its item is planned already. A running task may submit others.
  public void submit(PlannedTask task) {
    if (expect(task)) {
      enqueue(task);
    }
  }

  /// Plans the item of a task that cannot start yet: if the run ends before it starts, the item
  /// records that.
  ///
  /// @return false if its item is planned already
  public boolean expect(PlannedTask task) {
    return registry.plan(task.id(), task.kind(), task.node(), task.name());
  }

  /// Queues a task whose item is planned.
  public void enqueue(PlannedTask task) {
    Optional<Outcome> closed;
    lock.lock();
    try {
      closed = scheduler.add(task.unnamed());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    closed.ifPresent(outcome -> registry.end(task.id(), outcome, Duration.ZERO));
  }

  /// Records that a node has answered.
  public void answered(String node) {
    lock.lock();
    try {
      if (scheduler.answered(node)) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Records that a node may still be working on a log query for this time: it gets no other until
  /// then.
  public void leftBehind(String node, Duration atMost) {
    lock.lock();
    try {
      scheduler.restQueries(node, atMost);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the run early: no task is started any more, and running tasks are interrupted.
  ///
  /// @param cause for the outcomes of the remaining tasks
  public void cancel(String cause) {
    lock.lock();
    try {
      if (cancelled.isEmpty()) {
        cancelled = Optional.of(cause);
        running.keySet().forEach(Thread::interrupt);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Runs tasks until none is left or the run is cancelled.
  ///
  /// @return the cause of the cancellation, if there was one
  public Optional<String> run() throws InterruptedException {
    lock.lock();
    try {
      while (cancelled.isEmpty()) {
        if (scheduler.hasOnlyLate()) {
          giveUpLate();
        }
        var next = scheduler.next();
        if (next.isPresent()) {
          start(next.get());
        } else if (running.isEmpty() && scheduler.isEmpty()) {
          break;
        } else {
          // Until a task ends or is planned, or a node's pause is over.
          ticker.await(changed, scheduler.restLeft());
        }
      }
      awaitInterrupted();
      return cancelled;
    } finally {
      lock.unlock();
    }
  }

  /// The failure of the disk because of which the run ended; empty if there was none.
  public Optional<StorageException> fault() {
    lock.lock();
    try {
      return fault;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the tasks of nodes that were silent before and still are: nothing else is left to do
  /// meanwhile.
  private void giveUpLate() {
    running.forEach((thread, start) -> {
      if (start.again() && givenUp.add(start.task().id())) {
        thread.interrupt();
      }
    });
  }

  private void awaitInterrupted() throws InterruptedException {
    long left = GRACE.toNanos();
    while (!running.isEmpty() && left > 0) {
      left = changed.awaitNanos(left);
    }
    if (!running.isEmpty()) {
      LOG.debug(
          "{} tasks did not end within {} ms",
          running.size(),
          TimeUnit.NANOSECONDS.toMillis(GRACE.toNanos()));
    }
  }

  private void start(FairScheduler.Start start) {
    var thread = Thread.ofVirtual().name(start.task().id()).unstarted(() -> work(start));
    running.put(thread, start);
    thread.start();
  }

  private void work(FairScheduler.Start start) {
    var task = start.task();
    if (!start.again()) {
      progress.on(new Progress.Working(task.id(), task.node()));
    }
    long began = ticker.nanos();
    var result = result(start);
    var took = ticker.since(began);
    // Tasks that are given up end while the task that caused it still counts as running.
    learn(start, result)
        .ifPresent(closing -> {
          registry.end(task.id(), result.outcome(), took);
          for (PlannedTask given : closing.tasks()) {
            registry.end(given.id(), closing.outcome(), Duration.ZERO);
          }
        });
    lock.lock();
    try {
      running.remove(Thread.currentThread());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// @return tasks that end with this one; empty if it is to be started again
  private Optional<NodeQueue.Closing> learn(FairScheduler.Start start, TaskResult result) {
    lock.lock();
    try {
      return scheduler.postponed(start, result)
          ? Optional.empty()
          : Optional.of(scheduler.ended(start.task(), result));
    } finally {
      lock.unlock();
    }
  }

  /// The task boundary: anything that a task throws becomes an outcome here.
  private TaskResult result(FairScheduler.Start start) {
    var task = start.task();
    if (start.givenUp()) {
      return TaskResult.of(start.silence().orElseThrow());
    }
    try {
      return TaskResult.of(task.task().run(scopes.of(task, start.impatient())));
    } catch (InterruptedException e) {
      return interrupted(start);
    } catch (StorageException e) {
      fail(e);
      return TaskResult.of(new Outcome.Failed(Reason.LIMIT, DISK + e.reason()));
    } catch (OverBudgetException e) {
      return TaskResult.of(
          new Outcome.Skipped(Reason.LIMIT, "the bundle has reached its size limit"));
    } catch (IOException e) {
      return isInterrupted(start) ? interrupted(start) : TaskResult.of(e);
    } catch (RedactionException e) {
      return TaskResult.of(
          new Outcome.Failed(Reason.INTERNAL, e.getMessage() + "; the affected text was dropped"));
    } catch (Exception | Error e) {
      // An uncaught error would leave its item open and its place taken until the deadline.
      LOG.debug("task {} failed", task.id(), e);
      return TaskResult.of(new Outcome.Failed(Reason.INTERNAL, e.toString()));
    }
  }

  private void fail(StorageException e) {
    lock.lock();
    try {
      if (fault.isEmpty()) {
        fault = Optional.of(e);
      }
    } finally {
      lock.unlock();
    }
    cancel(DISK + e.reason());
  }

  private boolean isInterrupted(FairScheduler.Start start) {
    lock.lock();
    try {
      return cancelled.isPresent() || givenUp.contains(start.task().id());
    } finally {
      lock.unlock();
    }
  }

  private TaskResult interrupted(FairScheduler.Start start) {
    lock.lock();
    try {
      boolean wasSilent = cancelled.isEmpty() && givenUp.contains(start.task().id());
      return TaskResult.of(
          wasSilent ? start.silence().orElseThrow() : new Outcome.Cancelled(cause()));
    } finally {
      lock.unlock();
    }
  }

  private String cause() {
    lock.lock();
    try {
      return cancelled.orElse("interrupted");
    } finally {
      lock.unlock();
    }
  }
}
