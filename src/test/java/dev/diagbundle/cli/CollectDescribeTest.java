package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.reason;
import static dev.diagbundle.cli.CollectFixture.text;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.report.cluster.WorkloadsSection;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.input.BundleFiles;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.http.Interceptor;
import dev.diagbundle.testing.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The texts of pods and workloads, from the API to the bundle.
final class CollectDescribeTest {
  private static final Pattern LISTED = Pattern.compile("\"url\":\"([^\"?]+)[^\"]*limit=");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SCHEDULED =
      Pattern.compile("(?m)^(  \\S+ +\\S+ +)\\d\\S+ +(default-scheduler)");

  @TempDir private Path folder = Path.of("");

  /// kubectl reads the clock for every text; the server's says whole seconds. The scheduler's
  /// events have fractions of them, so their ages may be one second off.
  @ParameterizedTest
  @CsvSource({
    "42, describe-pod-shop-badimage.txt, shop/pod-badimage",
    "42, describe-pod-shop-crash.txt, shop/pod-crash",
    "42, describe-pod-shop-db-0.txt, shop/pod-db-0",
    "42, describe-pod-shop-initfail.txt, shop/pod-initfail",
    "42, describe-pod-shop-report-29920605-bstmd.txt, shop/pod-report-29920605-bstmd",
    "42, describe-pod-shop-report-29920605-jzm86.txt, shop/pod-report-29920605-jzm86",
    "42, describe-pod-shop-web.txt, shop/pod-web",
    "42, describe-sts-db.txt, shop/statefulset-db",
    "43, describe-jobs.txt, shop/job-report-29920605",
    "43, describe-cronjob-report.txt, shop/cronjob-report",
    "43, describe-pvc-lost.txt, shop/persistentvolumeclaim-lost",
    "43, describe-svc-web.txt, shop/service-web",
  })
  void textsInTheBundleAreThoseThatKubectlPrinted(int second, String printed, String name)
      throws Exception {
    var data = RecordedKubectl.write(folder.resolve("cluster"));
    var time = Instant.parse("2026-11-21T04:45:00Z").plusSeconds(second);
    try (var server = DemoClusterFixture.start(data, ReplayOptions.defaults().withNow(time));
        var bundle = collect(server, ExitCode.OK, "- describe: {}")) {
      var expected =
          RecordedKubectl.text(printed)
              .replace("DB_PASSWORD:  hunter2-planted", "DB_PASSWORD:  (15 bytes, not collected)")
              .replaceAll("token=eyJ[^ ]+\"", "token=[redacted:token]\"");
      var path = "describe/" + name + ".txt";
      assertTrue(described(bundle).contains(path), () -> described(bundle).toString());
      assertEquals(withoutFractions(expected), withoutFractions(text(bundle, path)));
    }
  }

  private static String withoutFractions(String text) {
    return SCHEDULED.matcher(text).replaceAll("$1AGE $2");
  }

  @Test
  void valuesNamedLikeSecretsStayOutAndDoNotHideTheNewReplicaSet() throws Exception {
    var data = RecordedKubectl.write(folder.resolve("cluster"));
    plant(data.resolve("objects/deployments.apps.json"), "planted-new", "1");
    plant(data.resolve("objects/replicasets.apps.json"), "planted-new", "2");
    try (var server = DemoClusterFixture.start(data);
        var bundle = collect(server, ExitCode.OK, "- describe: {}")) {
      var text = text(bundle, "describe/shop/deployment-api.txt");
      assertTrue(text.contains("API_PASSWORD:  (11 bytes, not collected)"), text);
      assertTrue(text.contains("NewReplicaSet:   api-5dd7f7d5 (2/2 replicas created)"), text);
      for (String path : described(bundle)) {
        assertFalse(text(bundle, path).contains("planted-new"), path);
      }
    }
    plant(data.resolve("objects/deployments.apps.json"), "planted-two", "3");
    try (var server = DemoClusterFixture.start(data);
        var bundle = collect(server, ExitCode.OK, "- describe: {}")) {
      var text = text(bundle, "describe/shop/deployment-api.txt");
      assertTrue(text.contains("NewReplicaSet:   <none>"), text);
    }
  }

  /// Gives every container of the templates in a list one more variable, or that one another value.
  private static void plant(Path list, String value, String version) throws IOException {
    var json = (ObjectNode) JSON.readTree(list.toFile());
    for (var object : json.path("items")) {
      ((ObjectNode) object.path("metadata")).put("resourceVersion", version);
      for (var container : object.at("/spec/template/spec/containers")) {
        ((ObjectNode) container)
            .putArray("env")
            .addObject()
            .put("name", "API_PASSWORD")
            .put("value", value);
      }
    }
    JSON.writeValue(list.toFile(), json);
  }

  @Test
  void runInOneNamespaceDescribesItsObjectsAndCountsAllPodsOnNodes() throws Exception {
    var items = "- nodeDescribe: {}\n  - describe: {}";
    try (var server = DemoClusterFixture.start()) {
      String whole;
      try (var bundle = collect(server, ExitCode.OK, items)) {
        whole = text(bundle, "nodes/rig-1/describe.txt");
      }
      try (var bundle = collect(server, ExitCode.OK, items, "-n", "shop")) {
        assertEquals(whole, text(bundle, "nodes/rig-1/describe.txt"));
        assertTrue(described(bundle).contains("describe/shop/pod-crash.txt"));
        for (var entry : bundle.manifest().entries()) {
          var path = entry.path().value();
          boolean elsewhere =
              Stream.of("kube-system", "calico-system", "monitoring", "kube-node-lease")
                  .anyMatch(path::contains);
          assertFalse(elsewhere, path);
        }
      }
    }
  }

  @Test
  void forbiddenListOfAllPodsLeavesThoseOfTheNamespaceAndSaysSo() throws Exception {
    Interceptor forbidden =
        request ->
            request.path().equals("/api/v1/pods")
                ? Optional.of(exchange -> exchange.send(403, "text/plain", "Forbidden (user=x)\n"))
                : Optional.empty();
    var options = ReplayOptions.defaults().withInterceptor(forbidden);
    try (var server = DemoClusterFixture.start(options);
        var bundle =
            collect(
                server,
                ExitCode.INCOMPLETE,
                "- nodeDescribe: {}\n  - describe: {}",
                "-n",
                "shop")) {
      var outcome = outcome(bundle, "nodeDescribe/rig-1/describe");
      assertEquals(Reason.FORBIDDEN, reason(outcome));
      assertTrue(
          outcome.words().contains("only the pods of the requested namespaces"), outcome.words());
      assertEquals(new Outcome.Collected(), outcome(bundle, "clusterDump/pods"));
      assertEquals(new Outcome.Collected(), outcome(bundle, "describe/pods"));
      assertTrue(text(bundle, "nodes/rig-1/describe.txt").contains("  shop  "));
    }
  }

  @Test
  void forbiddenPodsFailTheirTextsAndWorkloadsSpeakForThemselves() throws Exception {
    Interceptor forbidden =
        request ->
            request.path().endsWith("/pods")
                ? Optional.of(exchange -> exchange.send(403, "text/plain", "Forbidden (user=x)\n"))
                : Optional.empty();
    var options = ReplayOptions.defaults().withInterceptor(forbidden);
    try (var server = DemoClusterFixture.start(options);
        var bundle = collect(server, ExitCode.INCOMPLETE, "- describe: {}")) {
      assertTrue(outcome(bundle, "describe/pods") instanceof Outcome.Failed);
      assertEquals(Reason.FORBIDDEN, reason(outcome(bundle, "describe/pods")));
      assertEquals(Reason.FORBIDDEN, reason(outcome(bundle, "describe/workloads")));
      var text = text(bundle, "describe/shop/statefulset-db.txt");
      assertTrue(text.contains("error in fetching pods: they were not listed"), text);
    }
  }

  @Test
  void podsThatAreDescribedAreThoseThatTheReportLists() throws Exception {
    var data = RecordedKubectl.write(folder.resolve("cluster"));
    var time = Instant.parse("2026-11-21T04:45:42Z");
    var list = data.resolve("objects/pods.json");
    var json = (ObjectNode) JSON.readTree(list.toFile());
    var ready = "\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]";
    var began = "\"state\":{\"running\":{\"startedAt\":\"2026-11-21T03:00:00Z\"}}";
    var ended = "\"lastState\":{\"terminated\":{\"finishedAt\":\"2026-11-21T03:00:00Z\"}}";
    // Each of these was once in one of the two lists only.
    var pods =
        Map.of(
            "silent",
            "{" + ready.replace("True", "Unknown") + "}",
            "untold",
            "{\"phase\":\"Running\"}",
            "began",
            "{" + ready + ",\"containerStatuses\":[{\"restartCount\":1," + began + "}]}",
            "sidecar",
            "{" + ready + ",\"initContainerStatuses\":[{" + began + "," + ended + "}]}",
            "going",
            "{\"phase\":\"Failed\"}");
    for (var pod : pods.entrySet()) {
      var object = json.withArray("items").addObject();
      var metadata = object.putObject("metadata").put("namespace", "shop");
      metadata.put("name", pod.getKey()).put("uid", pod.getKey());
      if (pod.getKey().equals("going")) {
        metadata.put("deletionTimestamp", time.toString());
      }
      object.putObject("spec").put("nodeName", "rig-1");
      object.set("status", JSON.readTree(pod.getValue()));
    }
    JSON.writeValue(list.toFile(), json);
    try (var server = DemoClusterFixture.start(data, ReplayOptions.defaults().withNow(time));
        var bundle = collect(server, ExitCode.OK, "- describe: {}")) {
      var described =
          described(bundle).stream().filter(path -> path.contains("/pod-")).collect(toSet());
      var section =
          WorkloadsSection.of(new BundleFiles(bundle), FindingsIndex.of(bundle), (_, _) -> {});
      for (var row : section.rows()) {
        var pod = row.pod();
        var path = "describe/" + pod.namespace() + "/pod-" + pod.name() + ".txt";
        assertTrue(described.contains(path), path);
      }
      assertEquals(described.size(), section.notReady() + section.restarted());
      for (String name : List.of("silent", "untold", "began", "sidecar")) {
        assertTrue(described.contains("describe/shop/pod-" + name + ".txt"), name);
      }
    }
  }

  private BundleReader collect(DemoClusterFixture server, int code, String items, String... options)
      throws Exception {
    var profile = folder.resolve("described.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: described
        window: 6h
        collect:
        """
            + "  "
            + items
            + "\n");
    var file = folder.resolve("described.tar.gz");
    var arguments =
        Stream.concat(
            Stream.of(
                "collect",
                "-q",
                "-p",
                profile.toString(),
                "--kubeconfig",
                server.kubeconfig(folder).toString(),
                "-o",
                file.toString()),
            Stream.of(options));
    var run = Run.of(arguments.toArray(String[]::new));
    assertEquals(code, run.code(), run.err());
    return BundleReader.open(file);
  }

  private static List<String> described(BundleReader bundle) {
    return bundle.manifest().entries().stream()
        .map(entry -> entry.path().value())
        .filter(path -> path.startsWith("describe/"))
        .sorted()
        .toList();
  }

  @Test
  void podsOfTheDemonstrationThatNeedAttentionAndWhatTheyBelongToAreDescribed() throws Exception {
    try (var server = DemoClusterFixture.start();
        var bundle = collect(server, ExitCode.OK, "- describe: {}")) {
      assertEquals(
          """
          calico-system/daemonset-calico-node-windows
          calico-system/daemonset-calico-node
          calico-system/pod-calico-node-windows-q8r5n
          calico-system/pod-calico-node-zn5td
          kube-system/daemonset-kube-proxy-windows
          kube-system/daemonset-kube-proxy
          kube-system/pod-kube-proxy-w7n4c
          kube-system/pod-kube-proxy-windows-h2j8s
          monitoring/daemonset-node-exporter
          monitoring/pod-node-exporter-s9c7h
          shop/cronjob-report
          shop/deployment-api
          shop/deployment-cart
          shop/deployment-iis
          shop/job-report-29920515
          shop/persistentvolumeclaim-data-db-0
          shop/persistentvolumeclaim-lost
          shop/pod-api-5dd7f7d5-nwrgj
          shop/pod-api-5dd7f7d5-wjffp
          shop/pod-badimage
          shop/pod-cart-9f6d4c7b8-x5r8n
          shop/pod-crash
          shop/pod-db-0
          shop/pod-iis-7c9b5d6f8-4k2xq
          shop/pod-iis-7c9b5d6f8-m8vht
          shop/pod-iis-7c9b5d6f8-zt6wd
          shop/pod-initfail
          shop/pod-report-29920515-bstmd
          shop/pod-report-29920515-jzm86
          shop/pod-toobig
          shop/pod-web
          shop/replicaset-api-5dd7f7d5
          shop/replicaset-cart-9f6d4c7b8
          shop/replicaset-iis-7c9b5d6f8
          shop/service-api
          shop/service-db
          shop/service-iis
          shop/service-web
          shop/statefulset-db
          """,
          described(bundle).stream()
              .map(path -> path.replace("describe/", "").replace(".txt", "\n"))
              .collect(Collectors.joining()));
      assertEquals(new Outcome.Collected(), outcome(bundle, "describe/pods"));
      assertEquals(new Outcome.Collected(), outcome(bundle, "describe/workloads"));
      for (String path : described(bundle)) {
        assertTrue(text(bundle, path).startsWith("Name: "), path);
      }
      var page =
          RequiredTool.require("tar")
              .run(folder, "xzOf", "described.tar.gz", "--wildcards", "*/index.html")
              .out();
      for (String linked : List.of("pod-crash", "pod-toobig", "job-report-29920515")) {
        assertTrue(page.contains("href=\"./describe/shop/" + linked + ".txt\""), linked);
      }
      var listed = new TreeSet<String>();
      var requests = LISTED.matcher(text(bundle, "requests.jsonl"));
      while (requests.find()) {
        assertTrue(listed.add(requests.group(1)), () -> requests.group(1) + " is listed twice");
      }
      assertEquals(12, listed.size(), listed.toString());
    }
  }
}
