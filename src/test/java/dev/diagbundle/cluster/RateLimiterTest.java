package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Ticker;
import dev.diagbundle.testing.VirtualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {
  private final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

  /// Time stands still while all ask for their places.
  private final Ticker standing =
      new Ticker() {
        @Override
        public long nanos() {
          return 0;
        }

        @Override
        public void sleep(Duration length) {
          waits.add(length);
        }
      };

  @Test
  void requestsOfManyThreadsAreSpreadEvenly() {
    var pace = new RateLimiter(OptionalDouble.of(20), standing);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 30; i++) {
        var _ =
            threads.submit(() -> {
              pace.await();
              return null;
            });
      }
    }
    assertEquals(
        IntStream.rangeClosed(1, 29).mapToObj(i -> Duration.ofMillis(50L * i)).toList(),
        waits.stream().sorted().toList());
  }

  @Test
  void whatWasNotUsedLongAgoIsNotMadeUpFor() throws Exception {
    var ticker = new VirtualTicker();
    var pace = new RateLimiter(OptionalDouble.of(20), ticker);
    // A quarter of a second's worth goes at once: six; the other two follow.
    for (int i = 0; i < 2; i++) {
      ticker.advance(Duration.ofHours(1));
      ticker.sleeps.clear();
      for (int k = 0; k < 8; k++) {
        pace.await();
      }
      assertEquals(List.of(Duration.ofMillis(50), Duration.ofMillis(50)), ticker.sleeps);
    }
  }

  @Test
  void rateBelowOneASecondIsKept() throws Exception {
    var pace = new RateLimiter(OptionalDouble.of(0.5), standing);
    for (int i = 0; i < 4; i++) {
      pace.await();
    }
    assertEquals(
        List.of(2L, 4L, 6L), waits.stream().map(wait -> wait.plusMillis(200).toSeconds()).toList());
  }

  @Test
  void withoutARateNobodyWaits() throws Exception {
    var pace = new RateLimiter(OptionalDouble.empty(), standing);
    for (int i = 0; i < 1_000; i++) {
      pace.await();
    }
    assertEquals(List.of(), waits);
  }

  @Test
  void runThatEndsDoesNotWait() throws Exception {
    var pace = new RateLimiter(OptionalDouble.of(0.01), Ticker.SYSTEM);
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
