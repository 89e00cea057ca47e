package dev.diagbundle.model;

import static dev.diagbundle.model.PodHealth.State.HEALTHY;
import static dev.diagbundle.model.PodHealth.State.NOT_READY;
import static dev.diagbundle.model.PodHealth.State.RESTARTED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PodHealthTest {
  private static final TimeWindow WINDOW =
      new TimeWindow(Instant.parse("2026-03-01T06:00:00Z"), Instant.parse("2026-03-01T12:00:00Z"));
  private static final String READY = "'conditions':[{'type':'Ready','status':'True'}]";
  private static final String RUNNING = "'phase':'Running'," + READY;

  @Test
  void readyPodIsHealthyAndOneThatHasDoneItsWorkToo() throws IOException {
    assertEquals(HEALTHY, state("{'status':{" + RUNNING + "}}"));
    assertEquals(HEALTHY, state("{'status':{'phase':'Succeeded'}}"));
  }

  @Test
  void podThatIsNotReadyNeedsAttention() throws IOException {
    assertEquals(NOT_READY, state("{'status':{'phase':'Pending'}}"));
    assertEquals(NOT_READY, state("{'status':{'phase':'Failed'}}"));
    for (String ready : new String[] {"False", "Unknown"}) {
      assertEquals(NOT_READY, state("{'status':{" + RUNNING.replace("True", ready) + "}}"));
    }
    assertEquals(NOT_READY, state("{'status':{'phase':'Running'}}"));
  }

  @Test
  void deletionIsTroubleOnceItIsTwoMinutesOverdue() throws IOException {
    var pod = "{'metadata':{'deletionTimestamp':'2026-03-01T11:5%s'},'status':{'phase':'%s'}}";
    assertEquals(HEALTHY, state(pod.formatted("8:01Z", "Running")));
    assertEquals(HEALTHY, state(pod.formatted("8:01Z", "Failed")));
    assertEquals(NOT_READY, state(pod.formatted("8:00Z", "Running")));
  }

  @Test
  void restartInsideTheWindowCountsAndOneBeforeItDoesNot() throws IOException {
    for (String list : new String[] {"containerStatuses", "initContainerStatuses"}) {
      var ended = "{'lastState':{'terminated':{'exitCode':0,'finishedAt':'2026-03-01T%s:00:00Z'}}}";
      assertEquals(RESTARTED, state(container(list, ended.formatted("06"))));
      assertEquals(HEALTHY, state(container(list, ended.formatted("05"))));
      var began = "{'restartCount':%d,'state':{'running':{'startedAt':'2026-03-01T07:00:00Z'}}}";
      assertEquals(RESTARTED, state(container(list, began.formatted(1))));
      assertEquals(HEALTHY, state(container(list, began.formatted(0))));
    }
  }

  @Test
  void failedContainersCountUnlessTheyWereAddedToLookAround() throws IOException {
    var ended = "{'state':{'terminated':{'exitCode':1}}}";
    var waits = "{'state':{'waiting':{'reason':'ImagePullBackOff'}}}";
    for (String status : new String[] {ended, waits}) {
      assertEquals(NOT_READY, state(container("containerStatuses", status)));
      assertEquals(NOT_READY, state(container("initContainerStatuses", status)));
      assertEquals(HEALTHY, state(container("ephemeralContainerStatuses", status)));
    }
  }

  @Test
  void newestSignOfTroubleIsItsTime() throws IOException {
    var pod =
        container(
            "containerStatuses",
            "{'lastState':{'terminated':{'exitCode':1,'finishedAt':'2026-03-01T07:00:00Z'}}}");
    assertEquals(Instant.parse("2026-03-01T07:00:00Z"), health(pod).since());
  }

  private static String container(String list, String status) {
    return "{'status':{" + RUNNING + ",'" + list + "':[" + status + "]}}";
  }

  private static PodHealth.State state(String pod) throws IOException {
    return health(pod).state();
  }

  private static PodHealth health(String pod) throws IOException {
    return PodHealth.of(new ObjectMapper().readTree(pod.replace('\'', '"')), WINDOW);
  }
}
