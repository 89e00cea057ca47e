package dev.diagbundle.collect;

import module java.base;

/// Does something when a time is up, unless it is closed before. Closing does not wait for that
/// time.
final class Deadline implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("deadline").factory());

  Deadline(Duration left, Runnable then) {
    var _ = timer.schedule(then, Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    // A timer that is only closed waits for what is scheduled.
    timer.shutdownNow();
    timer.close();
  }
}
