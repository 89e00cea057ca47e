package dev.diagbundle.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.Relations.Listed;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribedKindTest {
  private static final Instant MINUTE = Instant.parse("2026-11-21T04:45:00Z");
  private static final Viewpoint VIEWPOINT = Viewpoint.utc(MINUTE.plusSeconds(43));

  @ParameterizedTest
  @CsvSource({
    "42600, Deployment, api, deploy-api",
    "42600, StatefulSet, db, sts-db",
    "42600, DaemonSet, agent, ds-agent",
    "43000, Job, report-29920605, jobs",
    "43000, CronJob, report, cronjob-report",
    "43200, PersistentVolumeClaim, lost, pvc-lost",
    "43200, Service, web, svc-web",
  })
  void recordedObjectsReadAsInKubectl(long millis, String kind, String name, String file)
      throws IOException {
    var recording = new Recording("1.36");
    var object =
        recording.objects("workloads.jsonl").stream()
            .filter(each -> each.path("kind").asText().equals(kind))
            .filter(each -> each.at("/metadata/name").asText().equals(name))
            .findFirst()
            .orElseThrow();
    var events = recording.events().stream().map(DescribedKindTest::asDescribed).toList();
    var relations = new Relations();
    recording.objects("pods.jsonl").forEach(pod -> relations.add(Listed.PODS, pod));
    recording.objects("replicasets.jsonl").forEach(set -> relations.add(Listed.REPLICA_SETS, set));
    recording
        .objects("endpointslices.jsonl")
        .forEach(slice -> relations.add(Listed.ENDPOINT_SLICES, slice));
    assertEquals(
        recording.text("describe-" + file + ".txt"),
        rendered(object, events, ended(relations), Viewpoint.utc(MINUTE.plusMillis(millis))));
  }

  @Test
  void everyKindIsFoundByItsGroupAndName() {
    for (var kind : DescribedKind.values()) {
      assertEquals(Optional.of(kind), DescribedKind.of(kind.group(), kind.kind()));
    }
    assertEquals(Optional.empty(), DescribedKind.of("apps", "Service"));
  }

  @Test
  void whatWasNotListedIsShownAsUnknown() throws IOException {
    var service =
        Recording.json(
            """
            {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "s"},
             "spec": {"ports": [{"port": 80}]}}
            """);
    var claim = Recording.json("{\"kind\": \"PersistentVolumeClaim\", \"apiVersion\": \"v1\"}");
    var set = Recording.json("{\"kind\": \"ReplicaSet\", \"apiVersion\": \"apps/v1\"}");
    assertEquals("Endpoints:         <unknown>", line("Endpoints", service, new Relations()));
    assertEquals("Used By:       <unknown>", line("Used By", claim, new Relations()));
    assertEquals(
        "Pods Status:  error in fetching pods: they were not listed",
        line("Pods Status", set, new Relations()));
  }

  @Test
  void theOldestReplicaSetWithTheTemplateOfTheDeploymentIsTheNewOne() throws IOException {
    var relations = new Relations();
    relations.add(Listed.REPLICA_SETS, replicaSet("c", "05", "image: 2", "d-1"));
    relations.add(Listed.REPLICA_SETS, replicaSet("b", "03", "image: 2", "d-1"));
    relations.add(Listed.REPLICA_SETS, replicaSet("z", "01", "image: 1", "d-1"));
    relations.add(Listed.REPLICA_SETS, replicaSet("a", "01", "image: 0", "d-1"));
    relations.add(Listed.REPLICA_SETS, replicaSet("foreign", "02", "image: 2", "d-2"));
    var deployment =
        Recording.json(
            """
            {"kind": "Deployment", "apiVersion": "apps/v1", "metadata": {"name": "d", "uid": "d-1"},
             "spec": {"template": {"spec": {"nodeName": "image: 2"},
               "metadata": {"creationTimestamp": null, "labels": {"app": "x"}}}}}
            """);
    assertEquals(
        "OldReplicaSets:    a (1/2 replicas created), z (1/2 replicas created), c (1/2 replicas"
            + " created)",
        line("OldReplicaSets", deployment, ended(relations)));
    assertEquals(
        "NewReplicaSet:     b (1/2 replicas created)",
        line("NewReplicaSet", deployment, ended(relations)));
  }

  private static JsonNode replicaSet(String name, String second, String image, String owner) {
    return Recording.json(
        """
        {"metadata": {"name": "%1$s", "creationTimestamp": "2026-11-21T04:45:%2$sZ",
           "ownerReferences": [{"uid": "other"}, {"uid": "%4$s", "controller": true}]},
         "spec": {"replicas": 2, "template": {
           "metadata": {"labels": {"pod-template-hash": "%1$s", "app": "x"}},
           "spec": {"nodeName": "%3$s", "volumes": []}}},
         "status": {"replicas": 1}}
        """
            .formatted(name, second, image, owner));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RR          | 1:80,2:80",
        "RRR         | 1:80,2:80,3:80",
        "RRRN        | 1:80,2:80,3:80 + 0 more...",
        "RRRRR       | 1:80,2:80,3:80 + 2 more...",
        "NNRNRUN     | 3:80,5:80,6:80 + 0 more...",
        "N           | ''",
      })
  void threeReadyEndpointsAreShownAndTheOthersCounted(String endpoints, String expected)
      throws IOException {
    var relations = new Relations();
    var items = new StringBuilder();
    for (int i = 0; i < endpoints.length(); i++) {
      var ready =
          switch (endpoints.charAt(i)) {
            case 'R' -> "\"ready\": true";
            case 'N' -> "\"ready\": false";
            default -> "";
          };
      items.append(
          "%s{\"addresses\": [\"%d\"], \"conditions\": {%s}}"
              .formatted(i == 0 ? "" : ",", i + 1, ready));
    }
    relations.add(
        Listed.ENDPOINT_SLICES,
        Recording.json(
            """
            {"metadata": {"name": "s-x", "labels": {"kubernetes.io/service-name": "s"}},
             "ports": [{"name": "http", "port": 80}, {"name": "other", "port": 81}],
             "endpoints": [%s]}
            """
                .formatted(items)));
    var service =
        Recording.json(
            """
            {"kind": "Service", "apiVersion": "v1", "metadata": {"name": "s"},
             "spec": {"ports": [{"name": "http", "port": 8080}]}}
            """);
    assertEquals("Endpoints:         " + expected, line("Endpoints", service, ended(relations)));
  }

  @Test
  void aClaimIsUsedByPodsThatNameItAndByThePodItWasMadeFor() throws IOException {
    var relations = new Relations();
    relations.add(
        Listed.PODS, pod("b", "u-b", "{\"persistentVolumeClaim\": {\"claimName\": \"c\"}}"));
    relations.add(Listed.PODS, pod("a", "u-a", "{\"ephemeral\": {}}"));
    relations.add(Listed.PODS, pod("x", "u-x", "{\"emptyDir\": {}}"));
    var claim =
        Recording.json(
            """
            {"kind": "PersistentVolumeClaim", "apiVersion": "v1",
             "metadata": {"name": "c", "namespace": "n", "finalizers": ["f", "g"],
               "deletionTimestamp": "2026-11-21T04:44:43Z",
               "annotations": {"volume.beta.kubernetes.io/storage-class": "old"},
               "ownerReferences": [{"kind": "Pod", "uid": "u-a"}, {"kind": "Pod", "uid": "u-x2"}]},
             "spec": {"volumeName": "v", "storageClassName": "new",
               "dataSource": {"apiGroup": "snapshot.storage.k8s.io", "kind": "VolumeSnapshot",
                 "name": "snap"}},
             "status": {"phase": "Bound", "capacity": {"storage": "1024Mi"},
               "accessModes": ["ReadWriteMany", "ReadWriteOnce", "ReadWriteMany"],
               "conditions": [{"type": "Resizing", "status": "True", "message": "m"}]}}
            """);
    assertEquals(
        """
        Name:          c
        Namespace:     n
        StorageClass:  old
        Status:        Terminating (lasts 60s)
        Volume:        v
        Labels:        <none>
        Annotations:   volume.beta.kubernetes.io/storage-class: old
        Finalizers:    [f g]
        Capacity:      1Gi
        Access Modes:  RWO,RWX
        DataSource:
          APIGroup:  snapshot.storage.k8s.io
          Kind:      VolumeSnapshot
          Name:      snap
        Used By:     a
                     b
        Conditions:
          Type       Status  LastProbeTime                     LastTransitionTime                Reason  Message
          ----       ------  -----------------                 ------------------                ------  -------
          Resizing   True    Mon, 01 Jan 0001 00:00:00 +0000   Mon, 01 Jan 0001 00:00:00 +0000           m
        Events:      <none>
        """,
        rendered(claim, List.of(), ended(relations), VIEWPOINT));
  }

  private static JsonNode pod(String name, String uid, String volume) {
    return Recording.json(
        """
        {"metadata": {"name": "%s", "namespace": "n", "uid": "%s"}, "spec": {"volumes": [%s]}}
        """
            .formatted(name, uid, volume));
  }

  private static String line(String title, JsonNode object, Relations relations)
      throws IOException {
    return rendered(object, List.of(), relations, VIEWPOINT)
        .lines()
        .filter(line -> line.startsWith(title + ":"))
        .findFirst()
        .orElseThrow();
  }

  private static Relations ended(Relations relations) {
    for (var list : Listed.values()) {
      relations.end(list);
    }
    return relations;
  }

  private static String rendered(
      JsonNode object, List<DescribedEvent> events, Relations relations, Viewpoint viewpoint)
      throws IOException {
    var version = object.path("apiVersion").asText();
    int slash = version.indexOf('/');
    var group = slash < 0 ? "" : version.substring(0, slash);
    var out = new StringBuilder();
    DescribedKind.of(group, object.path("kind").asText())
        .orElseThrow()
        .render(object, events, relations, out, viewpoint);
    return out.toString();
  }

  /// The claim's event was repeated after the objects were recorded and before it was described.
  private static DescribedEvent asDescribed(DescribedEvent event) {
    return event.reason().equals("ProvisioningFailed") ? Recording.repeated(event) : event;
  }
}
