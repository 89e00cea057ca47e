package dev.diagbundle.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// A large cluster, written as the data of a replayed API: objects as big as real ones, with
/// managed fields, images, labels and annotations.
///
/// @param nodes how many, each with a lease
/// @param pods how many, a tenth of them in `kube-system`
/// @param events how many, a fifth of them about nodes, all with different messages
public record LargeCluster(int nodes, int pods, int events) {
  private static final Instant PRESENT = Instant.parse("2026-11-21T03:14:36Z");
  private static final int NAMESPACES = 100;
  private static final int IMAGES = 50;

  private static final String NODE =
      """
      {"metadata":{"name":"NAME","uid":"UID","resourceVersion":"1","creationTimestamp":\
      "2026-11-01T00:00:00Z","labels":{"kubernetes.io/os":"linux","kubernetes.io/arch":"amd64",\
      "kubernetes.io/hostname":"NAME","node.kubernetes.io/instance-type":"m5.4xlarge",\
      "topology.kubernetes.io/zone":"eu-1a","topology.kubernetes.io/region":"eu-1"},\
      "annotations":{"node.alpha.kubernetes.io/ttl":"0","csi.volume.kubernetes.io/nodeid":\
      "{\\"ebs.csi.aws.com\\":\\"i-UID\\"}","projectcalico.org/IPv4Address":"10.0.0.1/16"},\
      "managedFields":[MANAGED]},"spec":{"podCIDR":"10.0.0.0/24","providerID":"aws:///UID"},\
      "status":{"capacity":{"cpu":"16","memory":"64Gi","pods":"110","ephemeral-storage":"100Gi"},\
      "allocatable":{"cpu":"15","memory":"60Gi","pods":"110","ephemeral-storage":"90Gi"},\
      "conditions":[CONDITION"MemoryPressure","status":"False"},\
      CONDITION"DiskPressure","status":"False"},CONDITION"PIDPressure","status":"False"},\
      CONDITION"Ready","status":"True"}],"addresses":[{"type":"InternalIP","address":"10.0.0.1"},\
      {"type":"Hostname","address":"NAME"}],"nodeInfo":{"machineID":"UID","systemUUID":"UID",\
      "bootID":"UID","kernelVersion":"6.8.0","osImage":"Ubuntu 24.04 LTS","operatingSystem":\
      "linux","architecture":"amd64","kubeletVersion":"v1.36.2","containerRuntimeVersion":\
      "containerd://2.0.0"},"images":[IMAGES]}}\
      """
          .replace(
              "CONDITION",
              "{\"lastHeartbeatTime\":\"2026-11-21T03:14:00Z\",\"lastTransitionTime\":"
                  + "\"2026-11-01T00:00:00Z\",\"reason\":\"KubeletHasSufficient\","
                  + "\"message\":\"kubelet has enough of it\",\"type\":")
          .replace("IMAGES", images());

  private static final String POD =
      """
      {"metadata":{"name":"NAME","namespace":"SPACE","uid":"UID","resourceVersion":"1",\
      "creationTimestamp":"2026-11-20T00:00:00Z","labels":{"app":"APP","pod-template-hash":"HASH",\
      "app.kubernetes.io/name":"APP","app.kubernetes.io/instance":"APP-SPACE"},\
      "managedFields":[MANAGED]},"spec":{"nodeName":"NODE","containers":[CONTAINER"app"},\
      CONTAINER"proxy"}],"tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists",\
      "effect":"NoExecute","tolerationSeconds":300}],"serviceAccountName":"default"},\
      "status":{"phase":"Running","podIP":"10.1.2.3","conditions":[{"type":"Ready","status":"True",\
      "lastTransitionTime":"2026-11-20T00:00:10Z"}],"containerStatuses":[STATUS"app"},\
      STATUS"proxy"}]}}\
      """
          .replace(
              "CONTAINER",
              "{\"image\":\"registry.example.com/team/app:1.2.3\",\"env\":[{\"name\":\"PORT\","
                  + "\"value\":\"8080\"}],\"resources\":{\"requests\":{\"cpu\":\"100m\","
                  + "\"memory\":\"128Mi\"},\"limits\":{\"memory\":\"256Mi\"}},\"name\":")
          .replace(
              "STATUS",
              "{\"ready\":true,\"restartCount\":0,\"state\":{\"running\":{\"startedAt\":"
                  + "\"2026-11-20T00:00:05Z\"}},\"image\":\"registry.example.com/team/app:1.2.3\","
                  + "\"imageID\":\"registry.example.com/team/app@sha256:UID\",\"name\":");

  private static final String EVENT =
      """
      {"metadata":{"name":"ABOUT.18e9f0NUMBER","namespace":"SPACE","uid":"UID",\
      "resourceVersion":"1","creationTimestamp":"TIME","managedFields":[MANAGED]},\
      "involvedObject":{"kind":"KIND","namespace":"OBJECTSPACE","name":"ABOUT","uid":"OBJECTUID",\
      "apiVersion":"v1"},"reason":"REASON","message":"attempt NUMBER: dial tcp 10.0.0.1:10250: \
      connect: connection refused while asking ABOUT for its state","source":{"component":\
      "kubelet","host":"NODE"},"firstTimestamp":"TIME","lastTimestamp":"TIME","count":1,\
      "type":"Warning","eventTime":null,"reportingComponent":"kubelet","reportingInstance":"NODE"}\
      """;

  private static final String LEASE =
      """
      {"metadata":{"name":"NAME","namespace":"kube-node-lease","uid":"UID"},"spec":{\
      "holderIdentity":"NAME","leaseDurationSeconds":40,"renewTime":"2026-11-21T03:14:30.000000Z"}}\
      """;

  private static final String MANAGED =
      "{\"manager\":\"kubelet\",\"operation\":\"Update\",\"apiVersion\":\"v1\",\"fieldsV1\":{"
          + "\"f:status\":{\"f:conditions\":{\"k:{\\\"type\\\":\\\"Ready\\\"}\":{\".\":{},"
          + "\"f:lastHeartbeatTime\":{},\"f:message\":{},\"f:reason\":{},\"f:status\":{}}}}}}";

  /// Writes one object.
  @FunctionalInterface
  private interface Item {
    String of(int number);
  }

  /// Writes the cluster into the folder.
  public Path write(Path folder) throws IOException {
    file(folder, "answers/version.json", "{\"gitVersion\":\"v1.36.2\"}");
    file(folder, "answers/api.json", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
    file(
        folder,
        "answers/apis.json",
        "{\"kind\":\"APIGroupList\",\"groups\":[{\"name\":\"coordination.k8s.io\",\"versions\":["
            + "{\"groupVersion\":\"coordination.k8s.io/v1\",\"version\":\"v1\"}]}]}");
    file(
        folder,
        "answers/api/v1.json",
        "{\"kind\":\"APIResourceList\",\"groupVersion\":\"v1\",\"resources\":["
            + "{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false},"
            + "{\"name\":\"pods\",\"kind\":\"Pod\",\"namespaced\":true},"
            + "{\"name\":\"events\",\"kind\":\"Event\",\"namespaced\":true}]}");
    file(
        folder,
        "answers/apis/coordination.k8s.io/v1.json",
        "{\"kind\":\"APIResourceList\",\"groupVersion\":\"coordination.k8s.io/v1\",\"resources\":["
            + "{\"name\":\"leases\",\"kind\":\"Lease\",\"namespaced\":true}]}");
    writeLists(folder);
    return folder;
  }

  /// Writes only its lists and its time into the folder.
  void writeLists(Path folder) throws IOException {
    file(folder, "cluster.json", "{\"time\":\"" + PRESENT + "\"}");
    list(folder, "nodes", "NodeList", nodes, this::node);
    list(folder, "pods", "PodList", pods, this::pod);
    list(folder, "events", "EventList", events, this::event);
    list(folder, "leases.coordination.k8s.io", "LeaseList", nodes, this::lease);
  }

  public static String nodeName(int number) {
    return String.format("worker-%04d.eu-1.example.com", number);
  }

  private String node(int number) {
    return NODE.replace("MANAGED", (MANAGED + ",").repeat(7) + MANAGED)
        .replace("NAME", nodeName(number))
        .replace("UID", uid("aaaa", number));
  }

  private String lease(int number) {
    return LEASE.replace("NAME", nodeName(number)).replace("UID", uid("dddd", number));
  }

  private String pod(int number) {
    boolean system = number % 10 == 0;
    var app = system ? "agent" : "service-" + number % 500;
    return POD.replace("MANAGED", MANAGED + "," + MANAGED)
        .replace("NAME", podName(number))
        .replace("SPACE", podNamespace(number))
        .replace("APP", app)
        .replace("HASH", Integer.toHexString(number % 500))
        .replace("NODE", nodeName(number % nodes))
        .replace("UID", uid("bbbb", number));
  }

  static String podName(int number) {
    return "service-" + number % 500 + "-7d9f8b6c5d-" + Integer.toString(number + 1_000_000, 36);
  }

  static String podNamespace(int number) {
    return number % 10 == 0 ? "kube-system" : "team-" + number % NAMESPACES;
  }

  private String event(int number) {
    boolean ofNode = number % 5 == 0;
    var about = ofNode ? nodeName(number / 5 % nodes) : podName(number % pods);
    return EVENT
        .replace("MANAGED", MANAGED)
        .replace("NUMBER", Integer.toHexString(number + 0x1000000))
        .replace("OBJECTSPACE", ofNode ? "" : podNamespace(number % pods))
        .replace("OBJECTUID", ofNode ? about : uid("bbbb", number % pods))
        .replace("SPACE", ofNode ? "default" : podNamespace(number % pods))
        .replace("KIND", ofNode ? "Node" : "Pod")
        .replace("REASON", "Reason" + number % 40)
        .replace("ABOUT", about)
        .replace("NODE", nodeName(number % nodes))
        .replace("UID", uid("cccc", number))
        .replace("TIME", PRESENT.minusSeconds(number * 7919L % 3_000 + 60).toString());
  }

  private static String uid(String kind, int number) {
    return String.format("%s%08x-0000-4000-8000-%012x", kind, number, number * 2_654_435_761L);
  }

  private static String images() {
    var images = new StringBuilder();
    for (int i = 0; i < IMAGES; i++) {
      images
          .append(i == 0 ? "" : ",")
          .append("{\"names\":[\"registry.example.com/team/image-")
          .append(i)
          .append("@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",")
          .append("\"registry.example.com/team/image-")
          .append(i)
          .append(":1.0\"],\"sizeBytes\":123456789}");
    }
    return images.toString();
  }

  private static void list(Path folder, String plural, String kind, int count, Item item)
      throws IOException {
    var file = folder.resolve("objects/" + plural + ".json");
    Files.createDirectories(file.getParent());
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("{\"kind\":\"" + kind + "\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[");
      for (int number = 0; number < count; number++) {
        out.write(number == 0 ? "\n" : ",\n");
        out.write(item.of(number));
      }
      out.write("]}");
    }
  }

  private static void file(Path folder, String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
