package dev.diagbundle.cluster;

import module java.base;

import okhttp3.Call;

/// The limit on the time until a call is answered, on a virtual thread of its own: a socket's
/// timeout would begin anew with each byte. Safe for use by many threads.
final class Patience {
  private final Call call;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final CountDownLatch ended = new CountDownLatch(1);

  private enum State {
    WAITING,
    ANSWERED,
    OVER
  }

  /// Starts the wait.
  ///
  /// @param most empty for no limit
  Patience(Call call, Optional<Duration> most) {
    this.call = call;
    most.ifPresent(limit -> Thread.ofVirtual().name("patience").start(() -> watch(limit)));
  }

  private void watch(Duration limit) {
    try {
      if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)
          && state.compareAndSet(State.WAITING, State.OVER)) {
        call.cancel();
      }
    } catch (InterruptedException e) {
      // Nobody knows this thread.
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the wait, and returns whether it ended in time.
  boolean end() {
    state.compareAndSet(State.WAITING, State.ANSWERED);
    ended.countDown();
    return state.get() == State.ANSWERED;
  }
}
