package dev.diagbundle.collect.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.Ticker;
import dev.diagbundle.redact.Redaction;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class TaskExecutorTest {
  private final ItemRegistry registry = new ItemRegistry(progress -> {}, Redaction.none());

  @Test
  void noMoreThanTheAllowedNumberRunsAtOnce() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var four = new CountDownLatch(4);
    var executor = executor(4, 2);
    for (int i = 0; i < 40; i++) {
      executor.submit(
          task(
              "n" + i % 10,
              "item" + i,
              Load.LIGHT,
              scope -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                four.countDown();
                four.await();
                running.decrementAndGet();
                return new Outcome.Collected();
              }));
    }
    assertEquals(Optional.empty(), executor.run());
    assertEquals(4, most.get());
    assertEquals(Map.of("collected", 40L), counts());
  }

  @Test
  void errorOfATaskEndsItsItemAndNotTheRun() throws Exception {
    var executor = executor(1, 1);
    executor.submit(
        task(
            "n",
            "deep",
            Load.LIGHT,
            scope -> {
              throw new StackOverflowError();
            }));
    executor.submit(task("n", "next", Load.LIGHT, scope -> new Outcome.Collected()));
    assertEquals(Optional.empty(), executor.run());
    assertEquals(Map.of("failed", 1L, "collected", 1L), counts());
  }

  @Test
  void oneQueryAtATimeRunsAtANode() throws Exception {
    var running = new Semaphore(1);
    var executor = executor(8, 4);
    for (int i = 0; i < 10; i++) {
      executor.submit(
          task(
              "n",
              "query" + i,
              Load.QUERY,
              scope -> {
                assertTrue(running.tryAcquire());
                Thread.sleep(2);
                running.release();
                return new Outcome.Collected();
              }));
    }
    executor.run();
    assertEquals(Map.of("collected", 10L), counts());
  }

  @Test
  void nodeThatHangsHoldsUpNobodyElse() throws Exception {
    var others = new CountDownLatch(20);
    var executor = executor(4, 2);
    for (int i = 0; i < 10; i++) {
      executor.submit(
          task(
              "hung",
              "hung" + i,
              Load.LIGHT,
              scope -> {
                others.await();
                return new Outcome.Collected();
              }));
    }
    for (int i = 0; i < 20; i++) {
      executor.submit(
          task(
              "n" + i,
              "item",
              Load.LIGHT,
              scope -> {
                others.countDown();
                return new Outcome.Collected();
              }));
    }
    executor.run();
    assertEquals(Map.of("collected", 30L), counts());
  }

  @Test
  void nodeThatCannotBeReachedIsGivenUp() throws Exception {
    var asked = new AtomicInteger();
    var executor = executor(1, 1);
    for (int i = 0; i < 5; i++) {
      executor.submit(
          task(
              "down",
              "item" + i,
              Load.LIGHT,
              scope -> {
                asked.incrementAndGet();
                throw new RequestFailedException(Reason.UNREACHABLE, 503, "connection refused");
              }));
    }
    executor.run();
    assertEquals(1, asked.get());
    for (Item item : registry.close("").toList()) {
      assertEquals(new Outcome.Failed(Reason.UNREACHABLE, "connection refused"), item.outcome());
    }
  }

  @Test
  void whateverATaskThrowsIsItsOutcome() throws Exception {
    var executor = executor(4, 2);
    executor.submit(
        task(
            "",
            "refused",
            Load.LIGHT,
            scope -> {
              throw new RequestFailedException(Reason.FORBIDDEN, 403, "no");
            }));
    executor.submit(
        task(
            "",
            "fault",
            Load.LIGHT,
            scope -> {
              throw new IllegalStateException("bug");
            }));
    executor.submit(
        task(
            "",
            "broken",
            Load.LIGHT,
            scope -> {
              throw new IOException("reset");
            }));
    executor.run();
    assertEquals(
        Map.of(
            "refused", new Outcome.Failed(Reason.FORBIDDEN, "no"),
            "fault", new Outcome.Failed(Reason.INTERNAL, "java.lang.IllegalStateException: bug"),
            "broken", new Outcome.Failed(Reason.TRUNCATED, "cut off: reset")),
        registry.close("").collect(Collectors.toMap(Item::name, Item::outcome)));
  }

  @Test
  void cancelledRunEndsAndSaysWhatIsLeft() throws Exception {
    var executor = executor(2, 2);
    var started = new CountDownLatch(2);
    for (int i = 0; i < 5; i++) {
      executor.submit(
          task(
              "",
              "item" + i,
              Load.LIGHT,
              scope -> {
                started.countDown();
                new CountDownLatch(1).await();
                return new Outcome.Collected();
              }));
    }
    Thread.ofVirtual()
        .start(() -> {
          try {
            started.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          executor.cancel("it is late");
        });
    assertEquals(Optional.of("it is late"), executor.run());
    for (Item item : registry.close("it is late").toList()) {
      assertEquals(new Outcome.Cancelled("it is late"), item.outcome());
      assertEquals(Optional.of(Reason.INTERRUPTED), item.outcome().why());
    }
  }

  @Test
  void taskMayPlanOthersAndAnItemRunsOnce() throws Exception {
    var executor = executor(2, 2);
    var runs = new ConcurrentHashMap<String, Integer>();
    Task leaf =
        scope -> {
          runs.merge("leaf", 1, Integer::sum);
          return new Outcome.Collected();
        };
    executor.submit(
        task(
            "",
            "root",
            Load.LIGHT,
            scope -> {
              executor.submit(task("n", "leaf", Load.FILE, leaf));
              executor.submit(task("n", "leaf", Load.FILE, leaf));
              return new Outcome.Collected();
            }));
    executor.run();
    assertEquals(Map.of("leaf", 1), runs);
    assertEquals(Map.of("collected", 2L), counts());
  }

  private TaskExecutor executor(int concurrency, int perNode) {
    return new TaskExecutor(
        () -> concurrency,
        node -> new NodeLimits(perNode, Duration.ZERO),
        registry,
        progress -> {},
        Ticker.SYSTEM,
        (task, impatient) -> NO_SCOPE);
  }

  /// These tasks use nothing of the scope; null would be refused by the compiler's checks.
  @SuppressWarnings("NullAway")
  static final TaskScope NO_SCOPE = new TaskScope(null, null, ItemKind.NODE_LOGS, null);

  private static PlannedTask task(String node, String name, Load load, Task task) {
    return new PlannedTask(node + "/" + name, ItemKind.NODE_LOGS, node, node, name, load, 0, task);
  }

  private Map<String, Long> counts() {
    return registry
        .close("open")
        .collect(
            Collectors.groupingBy(
                item -> item.outcome().label(),
                Collectors.mapping(Function.identity(), Collectors.counting())));
  }
}
