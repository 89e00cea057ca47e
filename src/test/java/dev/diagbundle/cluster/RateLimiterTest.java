package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RateLimiterTest {
  @Test
  void requestsOfManyThreadsAreSpreadEvenly() throws Exception {
    var pace = new RateLimiter(OptionalDouble.of(20), Thread::sleep);
    var sent = Collections.synchronizedList(new ArrayList<Long>());
    long began = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 30; i++) {
        var _ =
            threads.submit(() -> {
              pace.await();
              return sent.add(System.nanoTime());
            });
      }
    }
    // A quarter of a second's worth, the first one included, goes at once: six; 24 follow.
    var took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.toMillis() >= 1_190, "took " + took);
    var times = sent.stream().sorted().toList();
    for (int i = 0; i + 26 < times.size(); i++) {
      // However a second is laid over it, no more than 26 fall into it.
      assertTrue(times.get(i + 26) - times.get(i) > 900_000_000L, "requests " + i + " to +26");
    }
  }

  @Test
  void rateBelowOneASecondIsKept() throws Exception {
    var waits = new ArrayList<Duration>();
    var pace = new RateLimiter(OptionalDouble.of(0.5), waits::add);
    for (int i = 0; i < 4; i++) {
      pace.await();
    }
    assertEquals(
        List.of(2L, 4L, 6L), waits.stream().map(wait -> wait.plusMillis(200).toSeconds()).toList());
  }

  @Test
  void withoutARateNobodyWaits() throws Exception {
    var waits = new ArrayList<Duration>();
    var pace = new RateLimiter(OptionalDouble.empty(), waits::add);
    for (int i = 0; i < 1_000; i++) {
      pace.await();
    }
    assertEquals(List.of(), waits);
  }

  @Test
  void runThatEndsDoesNotWait() throws Exception {
    var pace = new RateLimiter(OptionalDouble.of(0.01), Thread::sleep);
    pace.await();
    var waiting = new CountDownLatch(1);
    var thrown = new AtomicReference<Throwable>(new AssertionError("nothing was thrown"));
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              waiting.countDown();
              thrown.set(assertThrows(InterruptedException.class, pace::await));
            });
    waiting.await();
    thread.interrupt();
    thread.join();
    assertTrue(thrown.get() instanceof InterruptedException, thrown.get().toString());
  }
}
