package dev.diagbundle.report.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.Fields;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PodStateTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The words that `kubectl get pods` printed for these pods.
  @Test
  void recordedPodsReadAsInKubectl() throws Exception {
    var words = new TreeMap<String, String>();
    try (var in =
        PodStateTest.class.getResourceAsStream("/report/cluster-resources/pods/shop.json")) {
      for (var pod : JSON.readTree(in).path("items")) {
        var state = PodState.of(pod);
        words.put(
            Fields.text(pod, "metadata", "name"),
            state.ready() + "/" + state.containers() + " " + state.word() + " " + state.restarts());
      }
    }
    assertEquals(
        new TreeMap<>(
            Map.of(
                "api-5dd7f7d5-nwrgj", "1/1 Running 2",
                "api-5dd7f7d5-wjffp", "1/1 Running 1",
                "badimage", "0/1 ImagePullBackOff 0",
                "crash", "0/1 CrashLoopBackOff 21",
                "db-0", "1/2 Running 0",
                "initfail", "0/1 Init:CrashLoopBackOff 21",
                "report-29920605-bstmd", "0/1 Error 0",
                "report-29920605-jzm86", "0/1 Error 0",
                "toobig", "0/1 Pending 0",
                "web", "2/2 Running 4")),
        words);
  }

  @Test
  void deletedPodIsTerminating() throws Exception {
    assertEquals(
        "Terminating",
        PodState.of(
                pod(
                    "{'metadata':{'deletionTimestamp':'2026-11-21T04:00:00Z'},'status':{'phase':'Running'}}"))
            .word());
  }

  @Test
  void shapesOfNoUseReadAsEmpty() throws Exception {
    assertEquals("", PodState.of(pod("{'status':[1],'spec':'x','metadata':null}")).word());
  }

  private static JsonNode pod(String json) throws Exception {
    return JSON.readTree(json.replace('\'', '"'));
  }
}
