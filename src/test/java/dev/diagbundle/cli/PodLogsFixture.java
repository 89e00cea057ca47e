package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.text;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Interceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A replayed cluster with pods that a test makes up.
abstract class PodLogsFixture {
  static final String RUNNING = "\"state\":{\"running\":{}}";
  static final String READY =
      "\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]";

  @TempDir Path folder = Path.of("");
  final List<String> pods = new ArrayList<>();
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void makeCluster() throws IOException {
    write("cluster.json", "{\"time\":\"2026-11-21T04:00:00Z\"}");
    write("answers/version.json", "{\"gitVersion\":\"v1.36.2\"}");
    write(
        "answers/api/v1.json",
        """
        {"kind":"APIResourceList","groupVersion":"v1","resources":[
        {"name":"nodes","kind":"Node","namespaced":false},
        {"name":"services","kind":"Service","namespaced":true},
        {"name":"pods","kind":"Pod","namespaced":true}]}
        """);
    write(
        "objects/nodes.json",
        """
        {"items":[{"metadata":{"name":"n1","labels":{"pool":"a"}}},\
        {"metadata":{"name":"n2","labels":{"pool":"b"}}}]}
        """);
    write(
        "objects/services.json",
        """
        {"items":[{"metadata":{"name":"shop","namespace":"a"},"spec":{"selector":{"app":"web"}}},\
        {"metadata":{"name":"headless","namespace":"a"},"spec":{}}]}
        """);
    // A pod of each sort, all with a log of one line.
    pod(
        "a",
        "web-6b7-x1",
        "n1",
        "\"app\":\"web\",\"pod-template-hash\":\"6b7\"",
        "ReplicaSet/web-6b7",
        READY,
        10);
    pod("a", "db-0", "n2", "", "StatefulSet/db", READY, 20);
    pod("b", "agent-q", "n2", "", "DaemonSet/agent", READY, 30);
    pod("b", "tick-29-z", "n1", "", "Job/tick-29", "\"phase\":\"Succeeded\"", 40);
    pod("kube-system", "lone", "n1", "", "", READY, 5);
    pod("b", "sick", "n1", "", "", "\"phase\":\"Pending\"", 1);
  }

  String containers(String item) throws Exception {
    try (var bundle = collect("  - podLogs: " + item, request -> Optional.empty())) {
      return String.join(
          " ", logs(bundle).stream().map(id -> id.substring(id.lastIndexOf('/') + 1)).toList());
    }
  }

  static List<String> logs(BundleReader bundle) {
    return bundle.manifest().items().stream()
        .map(Item::id)
        .filter(id -> id.startsWith("podLogs/n"))
        .sorted(
            Comparator.comparing(
                (String id) -> id.substring(id.indexOf('/', 8) + 1).replaceFirst("^[^/]+/", "")))
        .toList();
  }

  static String pod(String id) {
    return id.split("/", -1)[3];
  }

  void pod(
      String namespace,
      String name,
      String node,
      String labels,
      String owner,
      String status,
      int minute)
      throws IOException {
    var slash = owner.indexOf('/');
    var owners =
        owner.isEmpty()
            ? ""
            : ",\"ownerReferences\":[{\"controller\":true,\"kind\":\"%s\",\"name\":\"%s\"}]"
                .formatted(owner.substring(0, slash), owner.substring(slash + 1));
    pods.add(
        """
        {"metadata":{"namespace":"%s","name":"%s","uid":"u","labels":{%s},\
        "creationTimestamp":"2026-11-21T02:%02d:00Z"%s},\
        "spec":{"nodeName":"%s","containers":[{"name":"c"}]},\
        "status":{%s,"containerStatuses":[{"name":"c",%s}]}}
        """
            .formatted(namespace, name, labels, minute, owners, node, status, RUNNING));
    write("pods/%s/%s/c.log".formatted(namespace, name), "2026-11-21T03:50:00Z stdout F now\n");
  }

  void write(String path, String text) throws IOException {
    var file = folder.resolve("data").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  BundleReader collect(String items, Interceptor interceptor, String... more) throws Exception {
    write("objects/pods.json", "{\"items\":[" + String.join(",", pods) + "]}");
    var profile = folder.resolve("logs.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: logs
        description: For a test
        window: 1h
        collect:
        """
            + items
            + "\n",
        StandardCharsets.UTF_8);
    var file = folder.resolve("logs.tar.gz");
    Files.deleteIfExists(file);
    Interceptor keeping =
        request -> {
          if (request.path().endsWith("/log")) {
            asked.add(request.path() + "?" + request.query().encoded());
          }
          return interceptor.intercept(request);
        };
    try (var data = ClusterData.of(folder.resolve("data"));
        var server = ReplayServer.start(data, ReplayOptions.defaults().withInterceptor(keeping))) {
      var kubeconfig = kubeconfig(folder, server.url().toString(), "", "token: abc");
      var words = new ArrayList<>(List.of("collect", "-q", "--kubeconfig", kubeconfig.toString()));
      words.addAll(List.of("-p", profile.toString(), "-o", file.toString()));
      words.addAll(List.of(more));
      Run.of(words.toArray(String[]::new));
    }
    return BundleReader.open(file);
  }
}
