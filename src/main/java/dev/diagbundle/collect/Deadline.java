package dev.diagbundle.collect;

import module java.base;

/// A timer for one action, which is cancelled when the timer is closed before. Closing does not
/// wait for that time.
public final class Deadline implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("deadline").factory());

  /// @param then the action, called on the timer's thread
  public Deadline(Duration left, Runnable then) {
    var _ = timer.schedule(then, Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    // A plain close of the timer waits for the scheduled action.
    timer.shutdownNow();
    timer.close();
  }
}
