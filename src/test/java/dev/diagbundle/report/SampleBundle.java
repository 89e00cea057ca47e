package dev.diagbundle.report;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A bundle as a real cluster leaves it: objects, events and logs were recorded from one, trimmed;
/// its third node, which has stopped, was added by hand.
public final class SampleBundle {
  private static final String UNREACHABLE =
      "503 error trying to reach service: dial tcp 10.200.0.13:10250: connect: connection refused";
  private static final String LOG_QUERY_OFF =
      "200 with a directory listing instead of log lines; configz reports"
          + " enableSystemLogQuery: false";
  private static final String FORBIDDEN =
      "secrets is forbidden: User \"system:serviceaccount:diag:diagbundle\" cannot list resource"
          + " \"secrets\" in API group \"\" at the cluster scope";
  private static final List<String> SERVICES = List.of("kubelet", "containerd", "kube-proxy");
  private static final List<String> ENDPOINTS =
      List.of("healthz", "configz", "pods", "stats/summary", "metrics");

  private SampleBundle() {}

  public static MemoryBundle create() throws IOException {
    var bundle = new MemoryBundle();
    resource(bundle, "clusterDump", "", "nodes", "cluster-resources/nodes.json");
    for (String namespace : List.of("shop", "kube-system")) {
      resource(
          bundle,
          "clusterDump",
          "",
          "pods/" + namespace,
          "cluster-resources/pods/" + namespace + ".json");
    }
    for (String namespace : List.of("default", "kube-system", "shop")) {
      resource(bundle, "events", "", namespace, "cluster-resources/events/" + namespace + ".json");
    }
    bundle.item("clusterDump", "", "secrets", failed(Reason.FORBIDDEN, FORBIDDEN), 3);
    for (String node : List.of("rig-1", "rig-2")) {
      resource(bundle, "nodeDescribe", node, node, "nodes/" + node + "/describe.txt");
      for (String endpoint : List.of("configz.json", "healthz.txt")) {
        var name = endpoint.substring(0, endpoint.indexOf('.'));
        resource(bundle, "kubelet", node, name, "nodes/" + node + "/kubelet/" + endpoint);
      }
    }
    resource(bundle, "kubelet", "rig-1", "pods", "nodes/rig-1/kubelet/pods.json");
    rig1(bundle);
    rig2(bundle);
    for (String service : SERVICES) {
      bundle.item("nodeLogs", "rig-3", service, failed(Reason.UNREACHABLE, UNREACHABLE), 5_100);
    }
    for (String endpoint : ENDPOINTS) {
      bundle.item("kubelet", "rig-3", endpoint, failed(Reason.UNREACHABLE, UNREACHABLE), 5_000);
    }
    text(bundle, "nodeDescribe", "rig-3", "rig-3", "nodes/rig-3/describe.txt", "Name:  rig-3\n");
    podLogs(bundle);
    bundle.file("profile.yaml", profile());
    bundle.file("version.yaml", "diagbundle: 0.1.0\n");
    bundle.file("cluster-info/cluster_version.json", "{\"string\":\"v1.36.2\"}\n");
    bundle.file("requests.jsonl", requests());
    return bundle;
  }

  private static void rig1(MemoryBundle bundle) throws IOException {
    resource(bundle, "nodeLogs", "rig-1", "kubelet", "nodes/rig-1/services/kubelet.log");
    var containerd = "nodes/rig-1/services/containerd.log";
    bundle.item(
        "nodeLogs",
        "rig-1",
        "containerd",
        new Outcome.Partial(
            Reason.LIMIT,
            "118 MB received; the newest 33.6 MB were kept. Lines before 02:43:10 are missing."),
        21_400);
    bundle.file(
        containerd,
        "level=info\n".repeat(800).getBytes(StandardCharsets.UTF_8),
        "nodeLogs/rig-1/containerd");
    bundle.item(
        "nodeLogs",
        "rig-1",
        "kube-proxy",
        new Outcome.Skipped(Reason.EMPTY, "no line of kube-proxy in the time window"),
        40);
    bundle.item(
        "kubelet",
        "rig-1",
        "stats/summary",
        failed(
            Reason.TIMED_OUT, "no answer to GET /api/v1/nodes/rig-1/proxy/stats/summary in 30 s"),
        30_000);
    text(bundle, "kubelet", "rig-1", "metrics", "nodes/rig-1/kubelet/metrics.txt", "up 1\n");
    bundle.item("nodeFiles", "rig-1", "kubelet/**", new Outcome.Collected(), 900);
    for (String file : List.of("kubelet.err.log", "kubelet.out.log")) {
      bundle.file(
          "nodes/rig-1/files/kubelet/" + file,
          "x\n".getBytes(StandardCharsets.UTF_8),
          "nodeFiles/rig-1/kubelet/**");
    }
  }

  private static void rig2(MemoryBundle bundle) {
    for (String service : SERVICES) {
      bundle.item(
          "nodeLogs", "rig-2", service, new Outcome.Skipped(Reason.UNSUPPORTED, LOG_QUERY_OFF), 20);
    }
    text(bundle, "kubelet", "rig-2", "metrics", "nodes/rig-2/kubelet/metrics.txt", "up 1\n");
  }

  private static void podLogs(MemoryBundle bundle) throws IOException {
    var logs = "cluster-resources/pods/logs/shop/";
    resource(bundle, "podLogs", "", "shop/crash/app", logs + "crash/app.log");
    resource(bundle, "podLogs", "", "shop/initfail/migrate", logs + "initfail/migrate.log");
    resource(bundle, "podLogs", "", "shop/web/app", logs + "web/app.log");
    for (String container : List.of("badimage/app", "initfail/app")) {
      bundle.item(
          "podLogs",
          "",
          "shop/" + container,
          new Outcome.Skipped(
              Reason.EMPTY,
              "400 container \"app\" in pod \"" + container + "\" is waiting to start"),
          9);
    }
    bundle.item(
        "podLogs",
        "",
        "shop/crash/app (previous)",
        failed(
            Reason.NOT_FOUND,
            "200 unable to retrieve container logs for containerd://034a1f377949e6dc7af279bcd343"),
        11);
  }

  private static Outcome failed(Reason reason, String detail) {
    return new Outcome.Failed(reason, detail);
  }

  private static void text(
      MemoryBundle bundle, String kind, String node, String name, String path, String content) {
    bundle.item(kind, node, name, path, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void resource(
      MemoryBundle bundle, String kind, String node, String name, String path) throws IOException {
    try (InputStream in = SampleBundle.class.getResourceAsStream("/report/" + path)) {
      if (in == null) {
        throw new IOException("no test resource " + path);
      }
      bundle.item(kind, node, name, path, in.readAllBytes());
    }
  }

  private static String profile() {
    return """
    apiVersion: diagbundle.dev/v1
    kind: Profile
    name: support
    window: 6h
    collect:
      - nodeLogs: { services: [kubelet, containerd, kube-proxy] }
      - nodeDescribe: {}
    limits: { item: 32MiB, concurrency: 16, perNode: 2, qps: 2.5 }
    """;
  }

  private static String requests() {
    var lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      int status = i < 31 ? 200 : i < 37 ? 503 : i < 39 ? 403 : 0;
      lines.append(
          "{\"time\":\"2026-11-21T04:45:41Z\",\"method\":\"GET\",\"url\":\"/api/v1/nodes\","
              + "\"status\":%d,\"durationMillis\":%d,\"bytes\":%d,\"attempt\":%d,\"result\":\"%s\"}\n"
                  .formatted(
                      status,
                      3 + i * i,
                      i * 1_000,
                      i % 9 == 8 ? 2 : 1,
                      status == 0 ? "timed-out" : "complete"));
    }
    return lines.append("{ damaged\n").toString();
  }
}
