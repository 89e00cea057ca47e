package dev.diagbundle.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.model.Interner;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeDescriptionTest {
  // The instant before the two descriptions were asked for, and so within a second of every cell.
  private static final Instant NOW = Instant.parse("2026-11-21T04:45:41.442Z");

  @ParameterizedTest
  @ValueSource(strings = {"rig-1", "rig-2"})
  void recordedNodesReadAsInKubectl(String name) throws IOException {
    var recording = new Recording("1.36");
    assertEquals(
        recording.text("describe-node-" + name + ".txt"),
        rendered(recording.node(name), Viewpoint.utc(NOW)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rig-1", "rig-2"})
  void olderKubectlDiffersInTheProxyVersionOnly(String name) throws IOException {
    var recording = new Recording("1.32");
    assertEquals(
        recording
            .text("describe-node-" + name + ".txt")
            .replaceFirst("(?m)^  Kube-Proxy Version: .*\n", ""),
        rendered(recording.node(name), Viewpoint.utc(Instant.parse("2026-11-21T03:15:04.800Z"))));
  }

  @Test
  void timesAreShownInTheChosenZone() throws IOException {
    var text =
        rendered(new Recording("1.36").node("rig-1"), new Viewpoint(NOW, ZoneId.of("Asia/Tokyo")));
    assertEquals(
        "CreationTimestamp:  Sat, 21 Nov 2026 11:55:22 +0900",
        text.lines()
            .filter(line -> line.startsWith("CreationTimestamp"))
            .findFirst()
            .orElseThrow());
  }

  @Test
  void everyPartOfARichNodeIsShown() throws IOException {
    var node =
        Recording.json(
            """
            {"metadata": {"name": "node-1", "uid": "u-1", "creationTimestamp": "2026-01-02T03:04:05Z",
              "labels": {"a": "b", "kubernetes.io/role": "special",
                "node-role.kubernetes.io/control-plane": "", "node-role.kubernetes.io/": "x",
                "node-role.kubernetes.io/worker": ""},
              "annotations": {"short": "v", "multi": "line1\\nline2\\n",
                "kubectl.kubernetes.io/last-applied-configuration": "{}"}},
             "spec": {"podCIDR": "10.42.0.0/24", "podCIDRs": ["10.42.0.0/24", "fd01::/64"],
              "providerID": "kind://x", "unschedulable": true,
              "taints": [{"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"},
                {"key": "zz", "effect": "NoExecute"},
                {"key": "dedicated", "value": "gpu", "effect": "NoExecute"}]},
             "status": {
              "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady",
                "lastHeartbeatTime": null, "lastTransitionTime": "2026-01-02T03:04:05Z",
                "message": "kubelet is posting ready status"}],
              "allocatable": {"cpu": "3500m", "memory": "16323028Ki", "nvidia.com/gpu": "1",
                "hugepages-2Mi": "0", "pods": "110"}}}
            """);
    var pods =
        List.of(
            pod(
                "default",
                "web-0",
                "Running",
                "2026-01-02T03:02:30Z",
                "{\"requests\": {\"cpu\": \"100m\", \"memory\": \"128Mi\"},"
                    + " \"limits\": {\"cpu\": 1, \"memory\": \"1Gi\"}}"),
            pod(
                "default",
                "done",
                "Succeeded",
                "2026-01-02T03:02:30Z",
                "{\"requests\": {\"cpu\": \"100m\"}}"),
            pod(
                "kube-system",
                "coredns",
                "Running",
                "2026-01-01T01:04:05Z",
                "{\"requests\": {\"cpu\": \"100m\", \"memory\": \"70Mi\", \"nvidia.com/gpu\": \"1\"},"
                    + " \"limits\": {\"memory\": \"170Mi\", \"nvidia.com/gpu\": \"1\"}}"));
    var slice =
        Recording.json(
            """
            {"spec": {"driver": "gpu.example.com", "pool": {"name": "node-1"},
              "devices": [{"name": "gpu-0"}, {"name": "gpu-1"}]}}
            """);
    var description =
        new NodeDescription(
            node,
            Optional.of(pods),
            new LeaseResponse.Failed("leases.coordination.k8s.io \"node-1\" not found"),
            List.of(),
            List.of(slice));
    assertEquals(
        """
        Name:               node-1
        Roles:              control-plane,special,worker
        Labels:             a=b
                            kubernetes.io/role=special
                            node-role.kubernetes.io/=x
                            node-role.kubernetes.io/control-plane=
                            node-role.kubernetes.io/worker=
        Annotations:        multi:
                              line1
                              line2
                            short: v
        CreationTimestamp:  Fri, 02 Jan 2026 03:04:05 +0000
        Taints:             dedicated=gpu:NoExecute
                            zz:NoExecute
                            node.kubernetes.io/unschedulable:NoSchedule
        Unschedulable:      true
        Lease:              Failed to get lease: leases.coordination.k8s.io "node-1" not found
        Conditions:
          Type    Status  LastHeartbeatTime                 LastTransitionTime                Reason         Message
          ----    ------  -----------------                 ------------------                ------         -------
          Ready   True    Mon, 01 Jan 0001 00:00:00 +0000   Fri, 02 Jan 2026 03:04:05 +0000   KubeletReady   kubelet is posting ready status
        Addresses:
        Allocatable:
          cpu:             3500m
          hugepages-2Mi:   0
          memory:          16323028Ki
          nvidia.com/gpu:  1
          pods:            110
        Node-Local ResourceSlices:
          Driver           Pool    Slices  Devices
          ------           ----    ------  -------
          gpu.example.com  node-1  1       2
        System Info:
          Machine ID:@@@@@@@@@@@@@@@@@
          System UUID:@@@@@@@@@@@@@@@@
          Boot ID:@@@@@@@@@@@@@@@@@@@@
          Kernel Version:@@@@@@@@@@@@@
          OS Image:@@@@@@@@@@@@@@@@@@@
          Operating System:@@@@@@@@@@@
          Architecture:@@@@@@@@@@@@@@@
          Container Runtime Version:@@
          Kubelet Version:@@@@@@@@@@@@
        PodCIDR:                      10.42.0.0/24
        PodCIDRs:                     10.42.0.0/24,fd01::/64
        ProviderID:                   kind://x
        Non-terminated Pods:          (2 in total)
          Namespace                   Name       CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
          ---------                   ----       ------------  ----------  ---------------  -------------  ---
          default                     web-0      100m (2%)     1 (28%)     128Mi (0%)       1Gi (6%)       95s
          kube-system                 coredns    100m (2%)     0 (0%)      70Mi (0%)        170Mi (1%)     26h
        Allocated resources:
          (Total limits may be over 100 percent, i.e., overcommitted.)
          Resource           Requests    Limits
          --------           --------    ------
          cpu                200m (5%)   1 (28%)
          memory             198Mi (1%)  1194Mi (7%)
          ephemeral-storage  0 (0%)      0 (0%)
          hugepages-2Mi      0 (0%)      0 (0%)
          nvidia.com/gpu     1           1
        Events:              <none>
        """
            .replace('@', ' '),
        rendered(description, Viewpoint.utc(Instant.parse("2026-01-02T03:04:05Z"))));
  }

  @Test
  void forbiddenPodsAreOneLine() throws IOException {
    var description =
        new NodeDescription(
            Recording.json("{\"metadata\": {\"name\": \"n\"}}"),
            Optional.empty(),
            new LeaseResponse.Found(Recording.json("{\"spec\": {\"holderIdentity\": \"n\"}}")),
            List.of(),
            List.of());
    assertEquals(
        """
        Name:               n
        Roles:              <none>
        Labels:             <none>
        Annotations:        <none>
        CreationTimestamp:  Mon, 01 Jan 0001 00:00:00 +0000
        Taints:             <none>
        Unschedulable:      false
        Lease:
          HolderIdentity:  n
          AcquireTime:     <unset>
          RenewTime:       <unset>
        Addresses:
        System Info:
          Machine ID:@@@@@@@@@@@@@@@@@
          System UUID:@@@@@@@@@@@@@@@@
          Boot ID:@@@@@@@@@@@@@@@@@@@@
          Kernel Version:@@@@@@@@@@@@@
          OS Image:@@@@@@@@@@@@@@@@@@@
          Operating System:@@@@@@@@@@@
          Architecture:@@@@@@@@@@@@@@@
          Container Runtime Version:@@
          Kubelet Version:@@@@@@@@@@@@
        Pods:                         not authorized
        Events:                       <none>
        """
            .replace('@', ' '),
        rendered(description, Viewpoint.utc(NOW)));
  }

  @Test
  void longAnnotationsStandBelowTheirKeyAndAreCut() throws IOException {
    var text =
        rendered(
            node(
                "{\"metadata\": {\"annotations\": {\"k\": \""
                    + "x".repeat(150)
                    + "\", \"l\": \""
                    + "y".repeat(137)
                    + "\"}}}"),
            Viewpoint.utc(NOW));
    assertEquals(
        """
        Annotations:        k:
                              %s...
                            l: %s
        """
            .formatted("x".repeat(138), "y".repeat(137)),
        text.substring(text.indexOf("Annotations:"), text.indexOf("CreationTimestamp:")));
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

  private static DescribedPod pod(
      String namespace, String name, String phase, String created, String resources) {
    return DescribedPod.of(
        Recording.json(
            """
            {"metadata": {"namespace": "%s", "name": "%s", "creationTimestamp": "%s"},
             "spec": {"containers": [{"name": "c", "resources": %s}]}, "status": {"phase": "%s"}}
            """
                .formatted(namespace, name, created, resources, phase)),
        new Interner());
  }

  private static String rendered(NodeDescription description, Viewpoint viewpoint)
      throws IOException {
    var out = new StringBuilder();
    description.render(out, viewpoint);
    return out.toString();
  }
}
