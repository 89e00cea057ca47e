package dev.diagbundle.collect.task;

import static dev.diagbundle.collect.task.ScriptedTasks.COLLECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.testing.VirtualTicker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a node is left alone with log queries, and which nodes are asked less at once.
final class RestingNodeTest {
  private final ScriptedTasks tasks = new ScriptedTasks();
  private final VirtualTicker ticker = new VirtualTicker();

  @Test
  void windowsNodeRestsBetweenItsLogQueries() {
    var scheduler = scheduler(Duration.ofSeconds(2));
    add(scheduler, "n", "query0", Load.QUERY);
    add(scheduler, "n", "query1", Load.QUERY);
    add(scheduler, "n", "file", Load.FILE);
    var query = start(scheduler, "n/query0");
    end(scheduler, query);
    end(scheduler, start(scheduler, "n/file"));
    assertRests(scheduler, Duration.ofSeconds(2));
    start(scheduler, "n/query1");
  }

  @Test
  void nodeThatMayStillWorkAtALogQueryGetsNoOtherUntilThen() {
    var scheduler = scheduler(Duration.ZERO);
    add(scheduler, "n", "query0", Load.QUERY);
    add(scheduler, "n", "query1", Load.QUERY);
    add(scheduler, "n", "file", Load.FILE);
    add(scheduler, "other", "query", Load.QUERY);
    var query = start(scheduler, "n/query0");
    scheduler.restQueries("n", Duration.ofSeconds(20));
    end(scheduler, query);
    start(scheduler, "other/query");
    end(scheduler, start(scheduler, "n/file"));
    assertRests(scheduler, Duration.ofSeconds(20));
    start(scheduler, "n/query1");
  }

  @Test
  void taskThatWaitedForTheRestIsStartedAfterIt() throws Exception {
    var executor = tasks.executor(2, Duration.ofSeconds(2));
    for (int i = 0; i < 3; i++) {
      executor.submit(tasks.task("n", "query" + i, Load.QUERY, COLLECTED));
    }
    executor.run();
    assertEquals(Duration.ofSeconds(2), tasks.between("n/query0", "n/query1"));
    assertEquals(Duration.ofSeconds(2), tasks.between("n/query1", "n/query2"));
  }

  @Test
  void runThatEndsDoesNotWaitForANodeToRest() throws Exception {
    var executor = tasks.executor(2, Duration.ofMinutes(10));
    var first = new CountDownLatch(1);
    executor.submit(
        ScriptedTasks.planned(
            "n",
            "query0",
            Load.QUERY,
            scope -> {
              first.countDown();
              return COLLECTED;
            }));
    executor.submit(tasks.task("n", "query1", Load.QUERY, COLLECTED));
    var ending =
        Thread.ofVirtual()
            .start(() -> {
              try {
                first.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              executor.cancel("it is late");
            });
    assertEquals(Optional.of("it is late"), executor.run());
    ending.join();
  }

  @ParameterizedTest
  @CsvSource({
    "linux, node-role.kubernetes.io/control-plane, 1, 0",
    "linux, node-role.kubernetes.io/master, 1, 0",
    "linux, node-role.kubernetes.io/worker, 3, 0",
    "windows, node-role.kubernetes.io/worker, 3, 2"
  })
  void controlPlaneIsAskedOneThingAndWindowsNodesRest(
      String os, String label, int maxRunning, int pause) throws Exception {
    var node =
        NodeSummary.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"metadata":{"name":"n","labels":{"LABEL":""}},
                     "status":{"nodeInfo":{"operatingSystem":"OS"}}}\
                    """
                        .replace("LABEL", label)
                        .replace("OS", os)));
    assertEquals(
        new NodeLimits(maxRunning, Duration.ofSeconds(pause)),
        NodeLimits.of(Optional.of(node), 3, Duration.ofSeconds(2)));
  }

  private FairScheduler scheduler(Duration queryPause) {
    return new FairScheduler(() -> 8, node -> new NodeLimits(2, queryPause), ticker);
  }

  private static void add(FairScheduler scheduler, String node, String name, Load load) {
    var task = ScriptedTasks.planned(node, name, load, scope -> COLLECTED);
    assertEquals(Optional.empty(), scheduler.add(task));
  }

  private static FairScheduler.Start start(FairScheduler scheduler, String id) {
    var next = scheduler.next();
    assertEquals(Optional.of(id), next.map(start -> start.task().id()));
    return next.orElseThrow();
  }

  private static void end(FairScheduler scheduler, FairScheduler.Start start) {
    scheduler.ended(start.task(), TaskResult.of(COLLECTED));
  }

  /// Nothing may start until so much time has gone by.
  private void assertRests(FairScheduler scheduler, Duration rest) {
    assertEquals(rest.toNanos(), scheduler.restLeft());
    ticker.advance(rest.minusNanos(1));
    assertEquals(Optional.empty(), scheduler.next());
    ticker.advance(Duration.ofNanos(1));
  }
}
