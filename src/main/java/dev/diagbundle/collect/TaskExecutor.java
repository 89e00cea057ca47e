package dev.diagbundle.collect;

import dev.diagbundle.bundle.OverBudgetException;
import dev.diagbundle.bundle.StorageException;
import dev.diagbundle.cluster.ObjectList.BrokenListException;
import dev.diagbundle.cluster.Refusals;
import dev.diagbundle.cluster.RefusedException;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks, each on a virtual thread of its own: so many at once over all, so many at once per
/// node, and taking turns between nodes, so that one that hangs delays nobody else. A node that
/// turns out to be unreachable is given up: its remaining tasks end with its reason and ask
/// nothing.
///
/// [#submit] and [#cancel] may be called from any thread, [#run] once from one.
final class TaskExecutor {
  private static final Logger LOG = LoggerFactory.getLogger(TaskExecutor.class);

  /// How long interrupted tasks have to come back before they are left behind.
  private static final Duration GRACE = Duration.ofMillis(1500);

  private final int concurrency;
  private final int perNode;
  private final Ledger ledger;
  private final Progress.Listener progress;
  private final Function<PlannedTask, TaskScope> scopes;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Lane> lanes = new HashMap<>();
  private final LinkedHashSet<String> turns = new LinkedHashSet<>();
  private final Set<Thread> running = new HashSet<>();
  private Optional<String> cancelled = Optional.empty();
  private Optional<StorageException> fault = Optional.empty();

  TaskExecutor(
      int concurrency,
      int perNode,
      Ledger ledger,
      Progress.Listener progress,
      Function<PlannedTask, TaskScope> scopes) {
    this.concurrency = concurrency;
    this.perNode = perNode;
    this.ledger = ledger;
    this.progress = progress;
    this.scopes = scopes;
  }

  /// Queues a task, unless its item is planned already. A running task may submit others.
  void submit(PlannedTask task) {
    if (!ledger.plan(task.id(), task.kind(), task.node(), task.name())) {
      return;
    }
    String unreachable;
    lock.lock();
    try {
      var lane = lanes.computeIfAbsent(task.lane(), this::lane);
      unreachable = lane.unreachable();
      if (unreachable.isEmpty()) {
        lane.add(task);
        turns.add(task.lane());
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    if (!unreachable.isEmpty()) {
      ledger.end(task.id(), new Outcome.Failed(Reason.UNREACHABLE, unreachable), Duration.ZERO);
    }
  }

  /// Ends the run early: nothing is started any more, and what is under way is interrupted.
  ///
  /// @param cause for the outcomes of what is left
  void cancel(String cause) {
    lock.lock();
    try {
      if (cancelled.isEmpty()) {
        cancelled = Optional.of(cause);
        running.forEach(Thread::interrupt);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Runs tasks until none is left or the run is cancelled.
  ///
  /// @return the cause of the cancellation, if there was one
  /// @throws StorageException if the bundle could not be written
  Optional<String> run() throws StorageException, InterruptedException {
    lock.lock();
    try {
      while (cancelled.isEmpty()) {
        var next = running.size() < concurrency ? next() : Optional.<PlannedTask>empty();
        if (next.isPresent()) {
          start(next.get());
        } else if (running.isEmpty()) {
          break;
        } else {
          changed.await();
        }
      }
      awaitInterrupted();
      if (fault.isPresent()) {
        throw fault.get();
      }
      return cancelled;
    } finally {
      lock.unlock();
    }
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

  private Lane lane(String node) {
    return new Lane(node.isEmpty() ? concurrency : perNode);
  }

  /// The first task that may start, taking turns between the lanes.
  private Optional<PlannedTask> next() {
    for (int i = turns.size(); i > 0; i--) {
      var node = turns.removeFirst();
      var lane = lanes.computeIfAbsent(node, this::lane);
      var task = lane.start();
      if (!lane.isEmpty()) {
        turns.add(node);
      }
      if (task.isPresent()) {
        return task;
      }
    }
    return Optional.empty();
  }

  private void start(PlannedTask task) {
    var thread = Thread.ofVirtual().name(task.id()).unstarted(() -> work(task));
    running.add(thread);
    thread.start();
  }

  private void work(PlannedTask task) {
    progress.on(new Progress.Working(task.id(), task.node()));
    long began = System.nanoTime();
    var outcome = outcome(task);
    var took = Duration.ofNanos(System.nanoTime() - began);
    ledger.end(task.id(), outcome, took);
    if (!task.lane().isEmpty()
        && outcome instanceof Outcome.Failed(Reason reason, String detail)
        && reason == Reason.UNREACHABLE) {
      giveUp(task.lane(), detail);
    }
    lock.lock();
    try {
      running.remove(Thread.currentThread());
      lanes.computeIfAbsent(task.lane(), this::lane).ended(task);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends what waits for the node, while the task that found out still counts as running.
  private void giveUp(String node, String why) {
    List<PlannedTask> given;
    lock.lock();
    try {
      given = lanes.computeIfAbsent(node, this::lane).giveUp(why);
    } finally {
      lock.unlock();
    }
    for (PlannedTask task : given) {
      ledger.end(task.id(), new Outcome.Failed(Reason.UNREACHABLE, why), Duration.ZERO);
    }
  }

  /// The task boundary: whatever a task throws becomes an outcome here.
  private Outcome outcome(PlannedTask task) {
    try {
      return task.task().run(scopes.apply(task));
    } catch (InterruptedException e) {
      return new Outcome.Cancelled(cause());
    } catch (StorageException e) {
      fail(e);
      return new Outcome.Cancelled("the bundle cannot be written");
    } catch (OverBudgetException e) {
      return new Outcome.Skipped(Reason.OVER_BUDGET, "the bundle has reached its size limit");
    } catch (IOException e) {
      return isCancelled() ? new Outcome.Cancelled(cause()) : outcome(e);
    } catch (Exception | Error e) {
      // An error that is let go would leave its item open and its place taken until the deadline.
      LOG.debug("task {} failed", task.id(), e);
      return new Outcome.Failed(Reason.INTERNAL, e.toString());
    }
  }

  /// A failure that comes after an answer began says nothing against the node: only a refusal can
  /// mean that it is out of reach.
  private static Outcome outcome(IOException failure) {
    return switch (failure) {
      case BrokenListException e ->
          new Outcome.Partial(
              e.reason(), "broke off after " + e.delivered() + " objects: " + e.getMessage());
      case RefusedException e -> new Outcome.Failed(e.reason(), e.getMessage());
      default -> outcome(Refusals.brokenOff(failure));
    };
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
    cancel("the bundle cannot be written");
  }

  private boolean isCancelled() {
    lock.lock();
    try {
      return cancelled.isPresent();
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
