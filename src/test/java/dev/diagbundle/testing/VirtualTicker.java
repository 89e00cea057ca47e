package dev.diagbundle.testing;

import dev.diagbundle.model.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// A clock that goes on only when somebody sleeps by it or a test advances it: sleeping takes no
/// time. A server and its client that share one agree on how long an answer took.
public class VirtualTicker implements Ticker {
  private final AtomicLong nanos = new AtomicLong();

  /// How long was slept, in order.
  public final List<Duration> sleeps = Collections.synchronizedList(new ArrayList<>());

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public void sleep(Duration length) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (length.isPositive()) {
      sleeps.add(length);
      advance(length);
    }
  }

  /// As long as nothing happens, time goes on to the end of the wait.
  @Override
  @SuppressWarnings("WaitNotInLoop") // the callers look again, whatever woke them
  public void await(Condition condition, long nanos) throws InterruptedException {
    if (nanos == Long.MAX_VALUE) {
      condition.await();
    } else if (condition.awaitNanos(Math.min(nanos, 1_000_000)) <= 0) {
      advance(Duration.ofNanos(nanos));
    }
  }

  /// The same clock for the other side, whose sleeps are not noted.
  public final Ticker unnoted() {
    return new Ticker() {
      @Override
      public long nanos() {
        return VirtualTicker.this.nanos();
      }

      @Override
      public void sleep(Duration length) {
        advance(length);
      }
    };
  }

  public final void advance(Duration length) {
    nanos.addAndGet(length.toNanos());
  }
}
