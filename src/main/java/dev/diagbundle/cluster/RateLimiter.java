package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.Ticker;

/// A limiter of the request rate: each request gets the next of evenly spaced moments, in the order
/// of calls. After a pause, a burst of a quarter of a second's worth may go at once. Safe for use
/// by many threads.
///
/// No library on the class path has one (Guava is not there), and it is only a counter.
final class RateLimiter {
  private static final Duration LEEWAY = Duration.ofMillis(250);

  private final long interval;
  private final long leeway;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock(true);
  private long next;

  RateLimiter(OptionalDouble perSecond, Ticker ticker) {
    this.interval =
        perSecond.isPresent() ? (long) (Duration.ofSeconds(1).toNanos() / perSecond.orElse(1)) : 0;
    this.leeway = LEEWAY.toNanos() / Math.max(1, interval) * interval;
    this.ticker = ticker;
    this.next = ticker.nanos();
  }

  /// Waits until a request may be sent. If that is interrupted, its moment stays unused.
  void await() throws InterruptedException {
    if (interval == 0) {
      return;
    }
    long wait;
    lock.lock();
    try {
      long now = ticker.nanos();
      // Moments unused long ago are not made up for.
      long place = Math.max(0, next - (now - leeway)) + (now - leeway);
      next = place + interval;
      wait = place - now;
    } finally {
      lock.unlock();
    }
    if (wait > 0) {
      ticker.sleep(Duration.ofNanos(wait));
    }
  }
}
