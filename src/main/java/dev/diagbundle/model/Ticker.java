package dev.diagbundle.model;

import java.time.Duration;
import java.util.concurrent.locks.Condition;

/// The monotonic clock of a run, and the waits by it. It is injected, so that tests run in virtual
/// time: a wait takes no time, and a slow machine changes no result. Safe for use by many threads.
public interface Ticker {
  /// The clock of this machine.
  Ticker SYSTEM =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration length) throws InterruptedException {
          Thread.sleep(length);
        }
      };

  /// A reading of the clock, useful for differences only, see [System#nanoTime].
  long nanos();

  /// Waits for this duration.
  void sleep(Duration length) throws InterruptedException;

  /// Waits until the condition is signalled, at most for this duration; the caller holds its lock.
  @SuppressWarnings("WaitNotInLoop") // the callers look again, whatever woke them
  default void await(Condition condition, long nanos) throws InterruptedException {
    var _ = condition.awaitNanos(nanos);
  }

  /// The time since a reading.
  default Duration since(long nanos) {
    return Duration.ofNanos(nanos() - nanos);
  }
}
