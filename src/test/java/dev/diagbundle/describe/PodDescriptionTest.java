package dev.diagbundle.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodDescriptionTest {
  // The descriptions were made one after the other, from 41.636 s to 42.514 s of this minute.
  private static final Instant MINUTE = Instant.parse("2026-11-21T04:45:00Z");
  private static final Viewpoint VIEWPOINT = Viewpoint.utc(MINUTE.plusSeconds(42));

  @ParameterizedTest
  @CsvSource({
    "41700, kube-system, agent-8q2hn",
    "41700, kube-system, agent-tqqtb",
    "41700, shop, api-5dd7f7d5-nwrgj",
    "41700, shop, api-5dd7f7d5-wjffp",
    "42000, shop, badimage",
    "42000, shop, crash",
    "42050, shop, db-0",
    "42100, shop, initfail",
    "42200, shop, report-29920605-bstmd",
    "42300, shop, report-29920605-jzm86",
    "42445, shop, toobig",
    "42500, shop, web",
  })
  void recordedPodsReadAsInKubectl(long millis, String namespace, String name) throws IOException {
    var recording = new Recording("1.36");
    var file = "describe-pod-" + namespace + "-" + name + ".txt";
    assertEquals(
        recording.text(name.equals("toobig") ? file + ".gz" : file),
        rendered(recording, name, Viewpoint.utc(MINUTE.plusMillis(millis))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"badimage", "crash", "initfail", "toobig", "web"})
  void olderKubectlDiffersInTheEventsOnly(String name) throws IOException {
    var recording = new Recording("1.32");
    assertEquals(
        beforeEvents(recording.text("describe-pod-" + name + ".txt")),
        beforeEvents(rendered(recording, name, VIEWPOINT)));
  }

  @Test
  void rarePartsOfAPodAreShown() throws IOException {
    assertEquals(
        """
        Name:                      p
        Namespace:                 ns
        Priority Class Name:       high
        Runtime Class Name:        gvisor
        Service Account:           robot
        Node:                      n/10.0.0.1
        Labels:                    <none>
        Annotations:               <none>
        Status:                    Terminating (lasts 42s)
        Termination Grace Period:  30s
        Reason:                    Evicted
        Message:                   low on memory
        SeccompProfile:            Localhost
        LocalhostProfile:          a.json
        IP:@@@@@@@@@@@@@@@@@@@@@@@@
        IPs:                       <none>
        NominatedNodeName:         m
        Resources:
          Limits:
            cpu:  2
        Containers: <none>
        Ephemeral Containers:
          debug:
            Image:        busybox
            Port:         <none>
            Host Port:    <none>
            Liveness:     http-get http://[::1]:80/a%20b%3Fc delay=0s timeout=0s period=0s #success=0 #failure=0
            Readiness:    grpc <pod>:9000  delay=0s timeout=0s period=0s #success=0 #failure=0
            Startup:      unknown delay=0s timeout=0s period=0s #success=0 #failure=0
            Environment:  <none>
            Mounts:       <none>
            Devices:      <none>
              /dev/x from block
        Readiness Gates:
          Type                        Status
          gate                        <none>@
        Volumes:                      <none>
        QoS Class:                    Burstable
        Node-Selectors:               disk=ssd
        Tolerations:                  op=Exists
                                      a=b:NoExecute for 5s
        Topology Spread Constraints:  zone:DoNotSchedule when max skew 1 is exceeded for selector a=b,!c,d notin (x,y)
        SchedulingGroup:
          PodGroupName:  group
        Events:          <none>
        """
            .replace('@', ' '),
        rendered(
            pod(
                """
                {"metadata": {"name": "p", "namespace": "ns",
                  "deletionTimestamp": "2026-11-21T04:45:00Z", "deletionGracePeriodSeconds": 30},
                 "spec": {"nodeName": "n", "priorityClassName": "high", "runtimeClassName": "gvisor",
                  "serviceAccountName": "robot", "resources": {"limits": {"cpu": "2000m"}},
                  "securityContext": {"seccompProfile":
                    {"type": "Localhost", "localhostProfile": "a.json"}},
                  "ephemeralContainers": [{"name": "debug", "image": "busybox",
                    "livenessProbe": {"httpGet":
                      {"scheme": "HTTP", "host": "::1", "port": 80, "path": "a b?c"}},
                    "readinessProbe": {"grpc": {"port": 9000}}, "startupProbe": {},
                    "volumeDevices": [{"name": "block", "devicePath": "/dev/x"}]}],
                  "readinessGates": [{"conditionType": "gate"}],
                  "nodeSelector": {"disk": "ssd"},
                  "tolerations": [
                    {"key": "a", "value": "b", "effect": "NoExecute", "tolerationSeconds": 5},
                    {"operator": "Exists"}],
                  "topologySpreadConstraints": [{"topologyKey": "zone", "maxSkew": 1,
                    "whenUnsatisfiable": "DoNotSchedule",
                    "labelSelector": {"matchLabels": {"a": "b"}, "matchExpressions": [
                      {"key": "d", "operator": "NotIn", "values": ["y", "x"]},
                      {"key": "c", "operator": "DoesNotExist"}]}}],
                  "schedulingGroup": {"podGroupName": "group"}},
                 "status": {"phase": "Running", "reason": "Evicted", "message": "low on memory",
                  "hostIP": "10.0.0.1", "nominatedNodeName": "m"}}
                """)));
  }

  @Test
  void variablesTellWhereTheyComeFrom() throws IOException {
    var text =
        rendered(
            pod(
                """
                {"metadata": {"name": "p", "labels": {"l": "1"}},
                 "spec": {"containers": [{"name": "c",
                  "resources": {"requests": {"memory": "1Gi"}},
                  "env": [
                    {"name": "L", "valueFrom": {"fieldRef":
                      {"apiVersion": "v1", "fieldPath": "metadata.labels['l']"}}},
                    {"name": "ALL", "valueFrom": {"fieldRef":
                      {"apiVersion": "v1", "fieldPath": "metadata.labels"}}},
                    {"name": "CPU", "valueFrom": {"resourceFieldRef":
                      {"resource": "limits.cpu", "divisor": "1m"}}},
                    {"name": "MEM", "valueFrom": {"resourceFieldRef":
                      {"resource": "requests.memory", "divisor": "1Mi"}}},
                    {"name": "ODD", "valueFrom": {"resourceFieldRef": {"resource": "pods"}}}]}]}}
                """));
    assertEquals(
        """
            Environment:
              L:          (v1:metadata.labels['l'])
              ALL:        (v1:metadata.labels)
              CPU:       node allocatable (limits.cpu)
              MEM:       1024 (requests.memory)
              ODD:        (pods)
        """,
        text.substring(text.indexOf("    Environment:"), text.indexOf("    Mounts:")));
  }

  @Test
  void volumesTellTheirKind() throws IOException {
    var text =
        rendered(
            pod(
                """
                {"spec": {"volumes": [
                  {"name": "a", "csi": {"driver": "d", "volumeAttributes": {"x": "1", "y": "2"}}},
                  {"name": "b", "hostPath": {"path": "/p"}},
                  {"name": "c", "emptyDir": {"medium": "Memory", "sizeLimit": "0"}},
                  {"name": "d", "ephemeral": {"volumeClaimTemplate": {
                    "metadata": {"labels": {"l": "m"}},
                    "spec": {"storageClassName": "fast", "volumeMode": "Filesystem"}}}},
                  {"name": "e", "downwardAPI": {"items": [
                    {"path": "f", "fieldRef": {"fieldPath": "metadata.name"}}]}},
                  {"name": "f", "projected": {"sources": [
                    {"serviceAccountToken": {"expirationSeconds": 3607}}]}},
                  {"name": "g", "flexVolume": {"driver": "d", "secretRef": {"name": "s"},
                    "options": {"o": "1", "q": "2"}}},
                  {"name": "h", "novel": {}}]}}
                """));
    assertEquals(
        """
        Volumes:
          a:
            Type:              CSI (a Container Storage Interface (CSI) volume source)
            Driver:            d
            FSType:@@@@@@@@@@@@
            ReadOnly:          false
            VolumeAttributes:      x=1
                                   y=2
          b:
            Type:          HostPath (bare host directory volume)
            Path:          /p
            HostPathType:  <none>
          c:
            Type:       EmptyDir (a temporary directory that shares a pod's lifetime)
            Medium:     Memory
            SizeLimit:  <unset>
          d:
            Type:          EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)
            StorageClass:  fast
            Volume:@@@@@@@@
            Labels:            l=m
            Annotations:       <none>
            Capacity:@@@@@@
            Access Modes:@@
            VolumeMode:    Filesystem
          e:
            Type:  DownwardAPI (a volume populated by information about the pod)
            Items:
              metadata.name -> f
          f:
            Type:                    Projected (a volume that contains injected data from multiple sources)
            TokenExpirationSeconds:  3607
          g:
            Type:       FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)
            Driver:     d
            FSType:@@@@@
            SecretRef:  &LocalObjectReference{Name:s,}
            ReadOnly:   false
            Options:    map[o:1 q:2]
          h:
          <unknown>
        """
            .replace('@', ' '),
        text.substring(text.indexOf("Volumes:"), text.indexOf("QoS Class:")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | BestEffort",
        "{\"requests\": {\"cpu\": \"1\"}} | Burstable",
        "{\"requests\": {\"cpu\": \"1\", \"memory\": \"1\"},"
            + " \"limits\": {\"cpu\": \"1000m\", \"memory\": \"1\"}} | Guaranteed",
        "{\"requests\": {\"example.com/gpu\": \"1\"}} | BestEffort",
      })
  void theQualityOfServiceIsComputedWhereTheStatusLacksIt(String resources, String expected)
      throws IOException {
    var text = rendered(pod("{\"spec\": {\"containers\": [{\"resources\": " + resources + "}]}}"));
    assertEquals(
        expected,
        text.lines()
            .filter(line -> line.startsWith("QoS"))
            .findFirst()
            .orElseThrow()
            .substring(10)
            .strip());
  }

  private static String beforeEvents(String text) {
    return text.substring(0, text.indexOf("\nEvents:"));
  }

  private static PodDescription pod(String json) {
    return new PodDescription(Recording.json(json), List.of());
  }

  private static String rendered(Recording recording, String name, Viewpoint viewpoint)
      throws IOException {
    var out = new StringBuilder();
    new PodDescription(recording.named("pods.jsonl", name), recording.events())
        .render(out, viewpoint);
    return out.toString();
  }

  private static String rendered(PodDescription description) throws IOException {
    var out = new StringBuilder();
    description.render(out, VIEWPOINT);
    return out.toString();
  }
}
