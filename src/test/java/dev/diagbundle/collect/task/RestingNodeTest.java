package dev.diagbundle.collect.task;

import static dev.diagbundle.collect.task.ScriptedTasks.COLLECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a node is left alone with log queries, and which nodes are asked less at once.
@Timeout(30)
final class RestingNodeTest {
  private final ScriptedTasks tasks = new ScriptedTasks();

  @Test
  void windowsNodeRestsBetweenItsLogQueries() throws Exception {
    var executor = tasks.executor(2, Duration.ofMillis(150));
    for (int i = 0; i < 3; i++) {
      executor.submit(tasks.task("n", "query" + i, Load.QUERY, COLLECTED));
    }
    executor.submit(tasks.task("n", "file", Load.FILE, COLLECTED));
    executor.run();
    assertTrue(tasks.millis("n/query0", "n/query1") >= 150);
    assertTrue(tasks.millis("n/query1", "n/query2") >= 150);
    assertTrue(tasks.millis("n/query0", "n/file") < 150);
  }

  @Test
  void nodeThatMayStillWorkAtALogQueryGetsNoOtherUntilThen() throws Exception {
    var executor = tasks.executor(2, Duration.ZERO);
    executor.submit(
        ScriptedTasks.planned(
            "n",
            "query0",
            Load.QUERY,
            scope -> {
              tasks.begun.put("n/query0", System.nanoTime());
              executor.leftBehind("n", Duration.ofMillis(300));
              return new Outcome.Failed(Reason.TRUNCATED, "cut off: reset");
            }));
    executor.submit(tasks.task("n", "query1", Load.QUERY, COLLECTED));
    executor.submit(tasks.task("n", "file", Load.FILE, COLLECTED));
    executor.submit(tasks.task("other", "query", Load.QUERY, COLLECTED));
    executor.run();
    assertTrue(tasks.millis("n/query0", "n/query1") >= 300);
    assertTrue(tasks.millis("n/query0", "n/file") < 300);
    assertTrue(tasks.millis("n/query0", "other/query") < 300);
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
                Thread.sleep(100);
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
}
