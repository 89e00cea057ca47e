package dev.diagbundle.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.diagbundle.model.Interner;
import dev.diagbundle.model.Quantity;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PodResourcesTest {
  @Test
  void containersCountTogether() {
    assertEquals(
        "requests {cpu=300m, memory=1Gi} limits {cpu=1}",
        planned(
            """
            {"containers": [
              {"resources": {"requests": {"cpu": "100m"}, "limits": {"cpu": 1}}},
              {"resources": {"requests": {"cpu": "200m", "memory": "1Gi"}}}]}
            """));
  }

  @Test
  void theGreatestInitContainerCountsWhereItIsGreaterThanTheSum() {
    assertEquals(
        "requests {cpu=500m, memory=1Gi} limits {}",
        planned(
            """
            {"initContainers": [
              {"resources": {"requests": {"cpu": "500m", "memory": "10Mi"}}},
              {"resources": {"requests": {"cpu": "400m"}}}],
             "containers": [{"resources": {"requests": {"cpu": "100m", "memory": "1Gi"}}}]}
            """));
  }

  @Test
  void sidecarsCountWithTheInitContainersBehindThemAndWithTheContainers() {
    assertEquals(
        "requests {cpu=550m, memory=96Mi} limits {memory=64Mi}",
        planned(
            """
            {"initContainers": [
              {"resources": {"requests": {"cpu": "520m"}}},
              {"restartPolicy": "Always",
               "resources": {"requests": {"cpu": "50m", "memory": "32Mi"},
                             "limits": {"memory": "64Mi"}}},
              {"resources": {"requests": {"cpu": "500m"}}}],
             "containers": [{"resources": {"requests": {"cpu": "100m", "memory": "64Mi"}}}]}
            """));
  }

  @Test
  void resourcesOfThePodReplaceThoseOfItsContainers() {
    assertEquals(
        "requests {cpu=2, ephemeral-storage=1Gi, hugepages-2Mi=4Mi} limits {memory=3Gi}",
        planned(
            """
            {"resources": {"requests": {"cpu": "2", "hugepages-2Mi": "4Mi", "example.com/x": "1"},
                           "limits": {"memory": "3Gi"}},
             "containers": [{"resources": {
               "requests": {"cpu": "100m", "ephemeral-storage": "1Gi"}}}]}
            """));
  }

  @Test
  void overheadIsAddedToRequestsAndToLimitsThatExist() {
    assertEquals(
        "requests {cpu=350m, memory=100Mi} limits {cpu=1250m}",
        planned(
            """
            {"overhead": {"cpu": "250m", "memory": "100Mi"},
             "containers": [{"resources": {"requests": {"cpu": "100m"}, "limits": {"cpu": 1}}}]}
            """));
  }

  @Test
  void whatAContainerHasCountsWhileItIsResized() {
    var pod = resizing("Deferred");
    assertEquals(
        "requests {cpu=3} limits {cpu=4}", shown(PodResources.current(Recording.json(pod))));
    assertEquals(
        "requests {cpu=1} limits {cpu=2}", shown(PodResources.planned(Recording.json(pod))));
  }

  @Test
  void whatAContainerWantsDoesNotCountIfItCannotBe() {
    var pod = resizing("Infeasible").replace("\"1\"", "\"9\"").replace("\"2\"", "\"9\"");
    assertEquals(
        "requests {cpu=3} limits {cpu=4}", shown(PodResources.current(Recording.json(pod))));
  }

  @Test
  void podsWithEqualResourcesShareThem() {
    var pool = new Interner();
    var json = "{\"spec\": {\"containers\": [{\"resources\": {\"requests\": {\"cpu\": \"%s\"}}}]}}";
    var one = DescribedPod.of(Recording.json(json.formatted("1")), pool);
    var other = DescribedPod.of(Recording.json(json.formatted("1000m")), pool);
    assertSame(one.planned(), other.planned());
    assertSame(one.planned(), one.current());
  }

  private static String resizing(String reason) {
    return """
    {"spec": {"containers": [{"name": "c",
       "resources": {"requests": {"cpu": "1"}, "limits": {"cpu": "2"}}}]},
     "status": {"conditions": [{"type": "PodResizePending", "reason": "%s"}],
       "containerStatuses": [{"name": "c", "allocatedResources": {"cpu": "3"},
         "resources": {"requests": {"cpu": "1500m"}, "limits": {"cpu": "4"}}}]}}
    """
        .formatted(reason);
  }

  private static String planned(String spec) {
    return shown(PodResources.planned(Recording.json("{\"spec\": " + spec + "}")));
  }

  private static String shown(PodResources resources) {
    return "requests " + sorted(resources.requests()) + " limits " + sorted(resources.limits());
  }

  private static Map<String, Quantity> sorted(Map<String, Quantity> amounts) {
    return new TreeMap<>(amounts);
  }
}
