package dev.diagbundle.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.model.Interner;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileObjectsTest {
  private static final List<String> SHAPES =
      List.of(
          "null",
          "[[]]",
          "{\"metadata\": 1, \"spec\": [], \"status\": \"x\"}",
          """
          {"metadata": {"ownerReferences": [1, {"controller": true, "uid": []}], "finalizers": {},
            "labels": {"kubernetes.io/service-name": 5}, "deletionTimestamp": {}},
           "ports": [null, {"port": 1e999}], "endpoints": [1, {"addresses": 5, "conditions": []}],
           "spec": {"selector": {"matchLabels": [1], "matchExpressions": [1, {"values": {}}]},
             "replicas": "x", "strategy": {"rollingUpdate": 5}, "updateStrategy": [1],
             "volumeClaimTemplates": [null, {"spec": {"resources": {"requests": {"storage": "1e99"}}}}],
             "completions": 1e999, "completionMode": "Indexed", "jobTemplate": [5],
             "ports": [null, {"targetPort": [], "nodePort": -1e9}], "clusterIPs": {"a": 1},
             "template": {"metadata": 5, "spec": {"containers": [null], "volumes": [1],
               "tolerations": {"a": 1}, "nodeSelector": [1]}}, "dataSource": 5,
             "volumes": [1, {"persistentVolumeClaim": 5}, {"ephemeral": []}]},
           "status": {"conditions": [5, {"lastProbeTime": 5}], "loadBalancer": {"ingress": [5]},
             "active": 5, "completedIndexes": ["x"], "capacity": {"storage": {}}}}
          """,
          """
          {"spec": {"template": {"metadata": {"labels": {"pod-template-hash": []}}},
            "volumeName": "v", "suspend": [], "timeZone": 5}}
          """);

  private static final Viewpoint VIEWPOINT = Viewpoint.utc(Instant.parse("2026-11-21T04:45:42Z"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"text\"",
        "12",
        "{\"metadata\": [], \"spec\": 1, \"status\": \"x\"}",
        "{\"metadata\": {\"name\": {}, \"labels\": [1], \"annotations\": {\"a\": null, \"b\": {}},"
            + " \"creationTimestamp\": 5}, \"spec\": {\"taints\": {\"a\": 1}, \"podCIDRs\": \"x\"},"
            + " \"status\": {\"conditions\": [null, 1, {\"type\": [],"
            + " \"lastHeartbeatTime\": \"+999999999-01-01T00:00:00Z\"}], \"addresses\": [[]],"
            + " \"capacity\": {\"cpu\": 1e99, \"memory\": \"1e99999999\", \"x\": null},"
            + " \"allocatable\": {\"memory\": [], \"cpu\": \"1e60\"}}}"
      })
  void aNodeOfAnyShapeHasADescription(String json) throws IOException {
    var text = rendered(node(json));
    assertEquals("Name:", text.substring(0, 5));
    assertEquals("Events:", text.substring(text.lastIndexOf("Events:")).substring(0, 7));
  }

  @Test
  void absurdAmountsAreShownAsWritten() throws IOException {
    var text =
        rendered(
            node(
                "{\"status\": {\"capacity\": {\"cpu\": \"1e99999999\", \"memory\": \"1e-99999999\"}}}"));
    assertEquals(
        "Capacity:\n  cpu:     1e99999999\n  memory:  1e-9\n",
        text.substring(text.indexOf("Capacity:"), text.indexOf("Node-Local")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[1]",
        "{\"metadata\": 1, \"spec\": [], \"status\": \"x\"}",
        "{\"metadata\": {\"deletionTimestamp\": \"x\", \"ownerReferences\": [1]},"
            + " \"spec\": {\"containers\": [null, 1, {\"env\": [1, {\"valueFrom\": 1}],"
            + " \"envFrom\": [null], \"ports\": [{\"containerPort\": 1e999}], \"command\": [[]],"
            + " \"livenessProbe\": {\"httpGet\": 5}, \"volumeMounts\": [{\"subPath\": \"\\u0000\"}],"
            + " \"resources\": {\"limits\": {\"cpu\": \"1e99999999\"}}}],"
            + " \"volumes\": [null, {\"csi\": 1}, {\"projected\": {\"sources\": [1]}}],"
            + " \"tolerations\": [null], \"resources\": {\"limits\": {\"cpu\": \"1e60\"}}},"
            + " \"status\": {\"conditions\": [[]], \"podIPs\": [null],"
            + " \"containerStatuses\": [{\"state\": 1, \"lastState\": {\"terminated\": 2}}]}}",
      })
  void aPodOfAnyShapeHasADescription(String json) throws IOException {
    var text = rendered(pod(json));
    assertEquals("Name:", text.substring(0, 5));
    assertEquals("Events:", text.substring(text.lastIndexOf("Events:")).substring(0, 7));
  }

  @Test
  void tabsAndLineEndsMakeCellsAndLinesButEscapesDoNothing() throws IOException {
    var text =
        rendered(node("{\"metadata\": {\"name\": \"a\\tb\\nName: c\\u001b[2J\\r\\u009b\"}}"));
    assertEquals(
        "Name:  a  b\nName: c^[[2J\\r\\u009b\n", text.substring(0, text.indexOf("Roles:")));
  }

  @Test
  void eventsOfAnyShapeHaveALine() throws IOException {
    var pool = new Interner();
    var events =
        List.of("null", "[]", "{\"involvedObject\": 1, \"series\": [], \"count\": 1e99}").stream()
            .map(json -> DescribedEvent.of(Recording.json(json), pool))
            .toList();
    var out = new StringBuilder();
    new EventTable(events, true).render(out, VIEWPOINT);
    assertEquals(4, out.toString().lines().count());
  }

  @ParameterizedTest
  @EnumSource
  void anObjectOfAnyShapeHasADescription(DescribedKind kind) throws IOException {
    for (var json : SHAPES) {
      var object = Recording.json(json);
      var relations = new Relations();
      for (var list : Relations.Listed.values()) {
        relations.add(list, object);
        relations.end(list);
      }
      var out = new StringBuilder();
      var events = List.of(DescribedEvent.of(object, new Interner()));
      kind.render(object, events, relations, out, VIEWPOINT);
      var text = out.toString();
      assertEquals("Name:", text.substring(0, 5));
      assertEquals("Events:", text.substring(text.lastIndexOf("Events:")).substring(0, 7));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anObjectOfAnyKindGivesATerminalNothingToObey(DescribedKind kind) throws IOException {
    var object =
        Recording.json(
            """
            {"metadata": {"name": "a\\u001b[2J", "namespace": "\\u009bx", "labels": {"k": "\\u0007"}},
             "spec": {"selector": {"matchLabels": {"\\u001b": "\\r"}, "x": "\\u0000"},
               "schedule": "\\u001b", "type": "\\u001b", "storageClassName": "\\u001b"}}
            """);
    var out = new StringBuilder();
    kind.render(object, List.of(), new Relations(), out, VIEWPOINT);
    assertEquals(
        Set.of(),
        out.chars()
            .filter(c -> (c < ' ' && c != '\n') || (c >= 0x7f && c <= 0x9f))
            .boxed()
            .collect(Collectors.toSet()));
  }

  private static NodeDescription node(String json) {
    var pool = new Interner();
    var hostile = Recording.json(json);
    return new NodeDescription(
        hostile,
        Optional.of(List.of(DescribedPod.of(hostile, pool))),
        new LeaseResponse.Found(hostile),
        List.of(DescribedEvent.of(hostile, pool)),
        List.of(hostile));
  }

  private static PodDescription pod(String json) {
    var pod = Recording.json(json);
    return new PodDescription(pod, List.of(DescribedEvent.of(pod, new Interner())));
  }

  private static String rendered(NodeDescription description) throws IOException {
    var out = new StringBuilder();
    description.render(out, VIEWPOINT);
    return out.toString();
  }

  private static String rendered(PodDescription description) throws IOException {
    var out = new StringBuilder();
    description.render(out, VIEWPOINT);
    return out.toString();
  }
}
