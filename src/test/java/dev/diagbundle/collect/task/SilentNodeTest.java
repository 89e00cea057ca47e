package dev.diagbundle.collect.task;

import static dev.diagbundle.collect.task.ScriptedTasks.COLLECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// What a node that does not answer its first request is still asked, and when.
final class SilentNodeTest {
  private static final Outcome SILENT = new Outcome.Failed(Reason.TIMED_OUT, "nothing came");

  private final ScriptedTasks tasks = new ScriptedTasks();
  private final List<Boolean> patience = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch othersDone = new CountDownLatch(1);

  private TaskExecutor executor() {
    return new TaskExecutor(
        () -> 2,
        node -> new NodeLimits(2, Duration.ZERO),
        tasks.registry,
        tasks.progress::add,
        Ticker.SYSTEM,
        (task, impatient) -> {
          if (task.queue().equals("slow")) {
            patience.add(impatient);
          }
          return TaskExecutorTest.NO_SCOPE;
        });
  }

  /// A task that is silent at its first start.
  private PlannedTask slow(String name, Task second) {
    return ScriptedTasks.planned(
        "slow",
        name,
        Load.LIGHT,
        scope -> {
          if (patience.getLast()) {
            throw new RequestFailedException(Reason.TIMED_OUT, 0, "nothing came");
          }
          return second.run(scope);
        });
  }

  private PlannedTask other() {
    return ScriptedTasks.planned(
        "",
        "other",
        Load.LIGHT,
        scope -> {
          othersDone.await();
          return COLLECTED;
        });
  }

  @Test
  void slowNodeIsAskedAgainWithPatienceWhileOthersHaveWork() throws Exception {
    var executor = executor();
    executor.submit(other());
    executor.submit(
        slow(
            "item",
            scope -> {
              othersDone.countDown();
              executor.answered("slow");
              return COLLECTED;
            }));
    executor.submit(slow("next", scope -> COLLECTED));
    executor.run();
    assertEquals(List.of(true, false, false), patience);
    assertEquals(
        Map.of("/other", COLLECTED, "slow/item", COLLECTED, "slow/next", COLLECTED),
        tasks.outcomes());
    assertEquals(
        1,
        tasks.progress.stream().filter(new Progress.Working("slow/item", "slow")::equals).count());
  }

  @Test
  void silentNodeIsGivenUpAtOnceIfNothingElseIsLeft() throws Exception {
    var executor = executor();
    executor.submit(slow("item", scope -> COLLECTED));
    executor.submit(slow("next", scope -> COLLECTED));
    executor.run();
    assertEquals(List.of(true), patience);
    assertEquals(Map.of("slow/item", SILENT, "slow/next", SILENT), tasks.outcomes());
  }

  @Test
  void silentNodeIsGivenUpAsSoonAsNothingElseIsLeft() throws Exception {
    var executor = executor();
    executor.submit(other());
    executor.submit(
        slow(
            "item",
            scope -> {
              othersDone.countDown();
              new CountDownLatch(1).await();
              return COLLECTED;
            }));
    executor.submit(slow("next", scope -> COLLECTED));
    executor.run();
    assertEquals(List.of(true, false), patience);
    assertEquals(
        Map.of("/other", COLLECTED, "slow/item", SILENT, "slow/next", SILENT), tasks.outcomes());
  }

  @Test
  void refusalOfTheApiServerIsNoAnswerOfTheNode() throws Exception {
    var executor = executor();
    executor.submit(tasks.failing("slow", "proxy", Load.LIGHT, Reason.FORBIDDEN, 403, "no"));
    executor.submit(slow("item", scope -> COLLECTED));
    executor.submit(slow("next", scope -> COLLECTED));
    executor.run();
    assertEquals(List.of(true, true), patience);
    assertEquals(
        Map.of(
            "slow/proxy",
            new Outcome.Failed(Reason.FORBIDDEN, "no"),
            "slow/item",
            SILENT,
            "slow/next",
            SILENT),
        tasks.outcomes());
  }
}
