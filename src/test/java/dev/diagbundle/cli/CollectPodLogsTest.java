package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.BundleReader;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.Interceptor;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole runs that collect logs of containers: which, in what order, and how much of each.
@Timeout(120)
final class CollectPodLogsTest {
  private static final String RUNNING = "\"state\":{\"running\":{}}";
  private static final String READY =
      "\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]";

  @TempDir private Path folder = Path.of("");
  private final List<String> pods = new ArrayList<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | agent-q db-0 lone sick tick-29-z web-6b7-x1",
        "{ pods: ^web } | web-6b7-x1",
        "{ excludePods: '-' } | lone sick",
        "{ namespaces: [a, kube-*] } | db-0 lone web-6b7-x1",
        "{ excludeNamespaces: [kube-*, b] } | db-0 web-6b7-x1",
        "{ selector: app=web } | web-6b7-x1",
        "{ fieldSelector: 'status.phase!=Running' } | sick tick-29-z",
        "{ fieldSelector: spec.nodeName=n2 } | agent-q db-0",
        "{ nodes: { selector: pool=b } } | agent-q db-0",
        "{ nodes: { names: [n1] }, namespaces: [b] } | sick tick-29-z",
        "{ workloads: [deployment/web] } | web-6b7-x1",
        "{ workloads: [replicaset/web-6b7, sts/db] } | db-0 web-6b7-x1",
        "{ workloads: [ds/agent, job/tick-29, pod/lone] } | agent-q lone tick-29-z",
        "{ workloads: [cronjob/tick] } | tick-29-z",
        "{ workloads: [svc/shop] } | web-6b7-x1",
        "{ workloads: [svc/headless] } | ''",
        "{ workloads: [deployment/db] } | ''",
        "{ states: [waiting] } | ''",
        "{ states: [running], namespaces: [kube-system] } | lone",
      })
  void podsAreChosenAsTheItemSays(String item, String expected) throws Exception {
    try (var bundle = collect("  - podLogs: " + item, request -> Optional.empty())) {
      assertEquals(
          expected, String.join(" ", logs(bundle).stream().map(CollectPodLogsTest::pod).toList()));
    }
  }

  @Test
  void nodeOfTheCommandLineChoosesPods() throws Exception {
    try (var bundle = collect("  - podLogs: {}", request -> Optional.empty(), "--node", "n2")) {
      assertEquals(List.of("podLogs/n2/b/agent-q/c", "podLogs/n2/a/db-0/c"), logs(bundle));
    }
  }

  @Test
  void containersAreChosenByNamePartAndState() throws Exception {
    pods.clear();
    var broken =
        "\"restartCount\":2,\"state\":{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}},\"lastState\":{\"terminated\":{\"exitCode\":1}}";
    pods.add(
        """
        {"metadata":{"namespace":"a","name":"p","uid":"u"},"spec":{"nodeName":"n1",\
        "initContainers":[{"name":"first"}],"containers":[{"name":"main"},{"name":"proxy"}],\
        "ephemeralContainers":[{"name":"debug"}]},"status":{%s,\
        "initContainerStatuses":[{"name":"first","state":{"terminated":{"exitCode":0}}}],\
        "containerStatuses":[{"name":"main",%s},{"name":"proxy",%s}],\
        "ephemeralContainerStatuses":[{"name":"debug",%s}]}}
        """
            .formatted(READY, broken, RUNNING, RUNNING));
    assertEquals("debug first main proxy", containers("{}"));
    assertEquals("main", containers("{ states: [waiting] }"));
    assertEquals("first", containers("{ states: [terminated] }"));
    assertEquals("main proxy", containers("{ init: false, ephemeral: false }"));
    assertEquals("debug first main", containers("{ excludeContainers: ^proxy$ }"));
    assertEquals("main main-previous", containers("{ containers: main, previous: true }"));
    var last = asked.getLast().contains("previous") ? asked.getLast() : asked.get(asked.size() - 2);
    assertTrue(last.contains("container=main&previous=true"), asked.toString());
  }

  @Test
  void brokenPodsComeFirstThenThoseOfTheSystemThenTheNewest() throws Exception {
    try (var bundle =
        collect("  - podLogs: { nodes: { names: [n1] } }", request -> Optional.empty())) {
      assertEquals(
          List.of("sick", "lone", "tick-29-z", "web-6b7-x1"),
          bundle.manifest().items().stream()
              .map(Item::id)
              .filter(id -> id.startsWith("podLogs/n"))
              .map(CollectPodLogsTest::pod)
              .toList());
    }
  }

  @Test
  void logThatTwoItemsAskForIsAsWideAsBothWantIt() throws Exception {
    try (var bundle =
        collect(
            """
              - podLogs: { name: short, window: 5m, tailLines: 10, pods: lone }
              - podLogs: { name: long, window: 3h, tailLines: 20, namespaces: [kube-system] }
              - podLogs: { name: other, window: 10m, pods: db }
            """,
            request -> Optional.empty())) {
      assertEquals(List.of("podLogs/n2/a/db-0/c", "podLogs/n1/kube-system/lone/c"), logs(bundle));
      assertTrue(
          asked.stream()
              .anyMatch(log ->
                  log.contains("/lone/")
                      && log.contains("tailLines=20")
                      && log.contains("sinceTime=2026-11-21T01%3A00%3A00Z")),
          asked.toString());
      assertTrue(
          asked.stream()
              .anyMatch(log ->
                  log.contains("/db-0/")
                      && !log.contains("tailLines")
                      && log.contains("sinceTime=2026-11-21T03%3A50%3A00Z")),
          asked.toString());
    }
  }

  @Test
  void ofALogThatIsTooLongTheNewestPartIsKept() throws Exception {
    var lines =
        IntStream.range(0, 20_000)
            .mapToObj(i ->
                "2026-11-21T03:%02d:%02d.%03dZ stdout F line %d\n"
                    .formatted(i / 600, i / 10 % 60, i % 10, i))
            .toList();
    write("pods/kube-system/lone/c.log", String.join("", lines));
    try (var bundle =
        collect(
            "  - podLogs: { pods: lone, limits: { item: 100KiB } }", request -> Optional.empty())) {
      var outcome = outcome(bundle, "podLogs/n1/kube-system/lone/c");
      var text = text(bundle, "cluster-resources/pods/logs/kube-system/lone/c.log");
      assertEquals(
          new Outcome.Partial(
              Reason.OVER_BUDGET,
              "longer than the item's limit of "
                  + ByteSize.format(100 << 10)
                  + ": only its last "
                  + text.lines().count()
                  + " lines are here"),
          outcome);
      assertTrue(text.endsWith(" line 19999\n"), text.substring(text.length() - 50));
      assertTrue(text.length() > 25 << 10 && text.length() <= 100 << 10, "length " + text.length());
    }
  }

  @Test
  void ofALogThatIsTooLongTheNewestPartOfAWindowLongAgoIsKept() throws Exception {
    var lines =
        IntStream.range(0, 20_000)
            .mapToObj(i ->
                "2026-11-21T03:%02d:%02d.%03dZ stdout F line %d\n"
                    .formatted(i / 600, i / 10 % 60, i % 10, i))
            .toList();
    write("pods/kube-system/lone/c.log", String.join("", lines));
    try (var bundle =
        collect(
            "  - podLogs: { pods: lone, limits: { item: 50KiB } }",
            request -> Optional.empty(),
            "--from",
            "2026-11-21T03:00:00Z",
            "--to",
            "2026-11-21T03:10:00Z")) {
      var text = text(bundle, "cluster-resources/pods/logs/kube-system/lone/c.log");
      assertTrue(text.endsWith(" line 5999\n"), text.substring(text.length() - 50));
      assertTrue(text.length() > 12 << 10 && text.length() <= 50 << 10, "length " + text.length());
    }
  }

  @Test
  void errorOfTheKubeletAtTheEndOfALogIsSaidAndIsNoLine() throws Exception {
    var error = "failed to read log file \"/var/log/pods/a/0.log\": input/output error";
    Interceptor faulty =
        request ->
            request.path().endsWith("/pods/lone/log")
                ? Optional.of(exchange ->
                    exchange.send(200, "text/plain", "2026-11-21T03:50:00Z one\n" + error))
                : Optional.empty();
    try (var bundle = collect("  - podLogs: { pods: lone }", faulty)) {
      assertEquals(
          new Outcome.Partial(Reason.TRUNCATED, "the kubelet broke it off: " + error),
          outcome(bundle, "podLogs/n1/kube-system/lone/c"));
      assertEquals(
          "2026-11-21T03:50:00Z one\n",
          text(bundle, "cluster-resources/pods/logs/kube-system/lone/c.log"));
    }
  }

  @Test
  void servicesThatAreForbiddenAreAnItemThatFailed() throws Exception {
    Interceptor forbidding =
        request ->
            request.path().contains("/services")
                ? Optional.of(exchange ->
                    exchange.send(
                        403,
                        "application/json",
                        "{\"kind\":\"Status\",\"message\":\"closed\",\"code\":403}"))
                : Optional.empty();
    try (var bundle = collect("  - podLogs: { workloads: [svc/shop, sts/db] }", forbidding)) {
      assertEquals(
          new Outcome.Failed(Reason.FORBIDDEN, "the pods of service/shop are not known: closed"),
          outcome(bundle, "podLogs/(services of podLogs)"));
      assertEquals(List.of("podLogs/n2/a/db-0/c"), logs(bundle));
    }
  }

  private String containers(String item) throws Exception {
    try (var bundle = collect("  - podLogs: " + item, request -> Optional.empty())) {
      return String.join(
          " ", logs(bundle).stream().map(id -> id.substring(id.lastIndexOf('/') + 1)).toList());
    }
  }

  private static List<String> logs(BundleReader bundle) {
    return bundle.manifest().items().stream()
        .map(Item::id)
        .filter(id -> id.startsWith("podLogs/n"))
        .sorted(
            Comparator.comparing(
                (String id) -> id.substring(id.indexOf('/', 8) + 1).replaceFirst("^[^/]+/", "")))
        .toList();
  }

  private static String pod(String id) {
    return id.split("/", -1)[3];
  }

  private void pod(
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

  private void write(String path, String text) throws IOException {
    var file = folder.resolve("data").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private BundleReader collect(String items, Interceptor interceptor, String... more)
      throws Exception {
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
