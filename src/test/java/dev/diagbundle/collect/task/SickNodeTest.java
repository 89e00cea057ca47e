package dev.diagbundle.collect.task;

import static dev.diagbundle.collect.task.ScriptedTasks.COLLECTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a node that fails is still asked, and when.
final class SickNodeTest {
  private final ScriptedTasks tasks = new ScriptedTasks();

  @ParameterizedTest
  @CsvSource({
    "TIMED_OUT, 0, nothing came",
    "INVALID_ANSWER, 503, error trying to reach service: EOF",
    "INVALID_ANSWER, 500, internal error",
    "TRUNCATED, 0, cut off: reset"
  })
  void afterThreeFailedLogQueriesOnlyFilesAndMetricsAreAskedFor(
      Reason reason, int status, String words) throws Exception {
    var executor = tasks.executor(2, Duration.ZERO);
    executor.submit(tasks.task("n", "metrics", Load.LIGHT, COLLECTED));
    for (int i = 0; i < 6; i++) {
      executor.submit(tasks.failing("n", "query" + i, Load.QUERY, reason, status, words));
    }
    executor.submit(tasks.task("n", "file", Load.FILE, COLLECTED));
    executor.submit(tasks.task("other", "query", Load.QUERY, COLLECTED));
    executor.run();
    var failed = new Outcome.Failed(reason, words);
    var skipped =
        new Outcome.Skipped(
            reason,
            "not requested, because 3 log queries of this node failed in a row, the last one: "
                + words);
    assertEquals(
        Map.of(
            "n/metrics", COLLECTED,
            "n/query0", failed,
            "n/query1", failed,
            "n/query2", failed,
            "n/query3", skipped,
            "n/query4", skipped,
            "n/query5", skipped,
            "n/file", COLLECTED,
            "other/query", COLLECTED),
        tasks.outcomes());
    assertEquals(3, tasks.asked.stream().filter(id -> id.startsWith("n/query")).count());
  }

  @Test
  void successBetweenFailuresKeepsTheNodeAsked() throws Exception {
    var executor = tasks.executor(1, Duration.ZERO);
    executor.submit(tasks.task("n", "metrics", Load.LIGHT, COLLECTED));
    for (int i = 0; i < 9; i++) {
      executor.submit(
          i % 3 == 2
              ? tasks.task("n", "query" + i, Load.QUERY, COLLECTED)
              : tasks.failing("n", "query" + i, Load.QUERY, Reason.TIMED_OUT, 0, "nothing came"));
    }
    executor.run();
    assertEquals(10, tasks.asked.size());
  }

  @ParameterizedTest
  @CsvSource({"NOT_FOUND, 404", "INVALID_ANSWER, 406", "FORBIDDEN, 403", "UNSUPPORTED, 405"})
  void refusalsByRuleDoNotCountAsFailures(Reason reason, int status) throws Exception {
    var executor = tasks.executor(1, Duration.ZERO);
    for (int i = 0; i < 6; i++) {
      executor.submit(tasks.failing("n", "query" + i, Load.QUERY, reason, status, "no"));
    }
    executor.run();
    assertEquals(6, tasks.asked.size());
  }

  @Test
  void afterThreeFilesThatHangNoFurtherFileIsAskedFor() throws Exception {
    var executor = tasks.executor(1, Duration.ZERO);
    executor.submit(tasks.task("n", "metrics", Load.LIGHT, COLLECTED));
    for (int i = 0; i < 5; i++) {
      executor.submit(
          tasks.failing("n", "file" + i, Load.FILE, Reason.TIMED_OUT, 0, "nothing came"));
    }
    executor.submit(tasks.task("n", "query", Load.QUERY, COLLECTED));
    executor.run();
    assertEquals(3, tasks.asked.stream().filter(id -> id.startsWith("n/file")).count());
    assertEquals("skipped", tasks.label("n/file4"));
    assertEquals(COLLECTED, tasks.outcomes().get("n/query"));
  }

  @Test
  void filesThatCannotBeReadAreAllAskedFor() throws Exception {
    var executor = tasks.executor(1, Duration.ZERO);
    for (int i = 0; i < 5; i++) {
      executor.submit(
          tasks.failing(
              "n", "file" + i, Load.FILE, Reason.INVALID_ANSWER, 500, "500 Internal Error"));
    }
    executor.run();
    assertEquals(5, tasks.asked.size());
  }

  @Test
  void taskThatIsPlannedAfterTheThirdFailureEndsAtOnce() throws Exception {
    var executor = tasks.executor(1, Duration.ZERO);
    executor.submit(tasks.task("n", "metrics", Load.LIGHT, COLLECTED));
    for (int i = 0; i < 3; i++) {
      executor.submit(
          tasks.failing("n", "query" + i, Load.QUERY, Reason.TIMED_OUT, 0, "nothing came"));
    }
    executor.run();
    executor.submit(tasks.task("n", "late", Load.QUERY, COLLECTED));
    assertEquals("skipped", tasks.label("n/late"));
  }

  @Test
  void nodeThatNeverAnswersIsGivenUpAfterOneSilence() throws Exception {
    var executor = tasks.executor(4, Duration.ZERO);
    for (int i = 0; i < 5; i++) {
      executor.submit(
          tasks.failing("n", "item" + i, Load.LIGHT, Reason.TIMED_OUT, 0, "nothing came"));
    }
    executor.run();
    assertEquals(1, tasks.asked.size());
    assertEquals(
        List.of(new Outcome.Failed(Reason.TIMED_OUT, "nothing came")),
        tasks.outcomes().values().stream().distinct().toList());
  }
}
