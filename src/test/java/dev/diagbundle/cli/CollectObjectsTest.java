package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.http.Interceptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the cluster serves, and what is listed of it.
final class CollectObjectsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  @TempDir private Path folder = Path.of("");

  @Test
  void groupsAndResourcesStandInTheBundleAsTroubleshootHasThem() throws Exception {
    try (var bundle = BundleReader.open(collect(request -> Optional.empty(), "[services]"))) {
      var groups = JSON.readTree(text(bundle, "cluster-resources/groups.json"));
      assertEquals(
          JSON.readTree(
              """
              {"name":"","versions":[{"groupVersion":"v1","version":"v1"}],
               "preferredVersion":{"groupVersion":"v1","version":"v1"}}
              """),
          groups.get(0));
      var resources = JSON.readTree(text(bundle, "cluster-resources/resources.json"));
      assertEquals("v1", resources.get(0).path("groupVersion").asText());
      assertFalse(resources.get(0).has("apiVersion"));
      assertTrue(names(resources).containsAll(List.of("v1", "apps/v1", "projectcalico.org/v3")));
    }
  }

  @Test
  void managedFieldsAreThereOnlyWhereTheyAreAskedFor() throws Exception {
    for (boolean asked : List.of(false, true)) {
      var file = collect(request -> Optional.empty(), "[nodes], managedFields: " + asked);
      try (var bundle = BundleReader.open(file)) {
        var nodes = text(bundle, "cluster-resources/nodes.json");
        assertEquals(asked, nodes.contains("\"managedFields\""), nodes);
      }
    }
  }

  @Test
  void groupWhoseServerIsAwayHidesNoOther() throws Exception {
    var file =
        collect(
            request ->
                request.path().equals("/apis/apps/v1")
                    ? Optional.of(exchange -> exchange.sendError(503, "service unavailable"))
                    : Optional.empty(),
            "[ippools, gizmos]");
    try (var bundle = BundleReader.open(file)) {
      assertEquals(
          new Outcome.Partial(
              Reason.INVALID_ANSWER, "unavailable groups: apps/v1: service unavailable"),
          outcome(bundle, "clusterDump/(discovery)"));
      assertEquals(
          new Outcome.Collected(), outcome(bundle, "clusterDump/ippools.projectcalico.org"));
      assertEquals(
          new Outcome.Skipped(Reason.NOT_FOUND, "the cluster does not serve gizmos"),
          outcome(bundle, "clusterDump/gizmos"));
    }
  }

  @Test
  void aggregatedDiscoveryTakesTwoRequestsAndNamesStaleGroups() throws Exception {
    var asked = new ArrayList<String>();
    Interceptor aggregated =
        request -> {
          boolean discovery = request.path().startsWith("/api") && !request.path().contains("v");
          if (!discovery || !request.header("Accept").orElse("").startsWith(AGGREGATED)) {
            return Optional.empty();
          }
          synchronized (asked) {
            asked.add(request.path());
          }
          var body = request.path().equals("/api") ? coreDiscovery() : groupDiscovery();
          return Optional.of(exchange -> exchange.send(200, AGGREGATED, body));
        };
    try (var bundle = BundleReader.open(collect(aggregated, "[ippools]"))) {
      assertEquals(List.of("/api", "/apis"), asked);
      assertEquals(
          new Outcome.Partial(
              Reason.INVALID_ANSWER,
              "unavailable groups: metrics.k8s.io/v1beta1: its API server does not respond"),
          outcome(bundle, "clusterDump/(discovery)"));
      assertEquals(
          new Outcome.Collected(), outcome(bundle, "clusterDump/ippools.projectcalico.org"));
      var requests = text(bundle, "requests.jsonl");
      assertFalse(requests.contains("\"url\":\"/apis/projectcalico.org/v3\""), requests);
      assertEquals(
          JSON.readTree(
              """
              [{"kind":"APIResourceList","groupVersion":"v1","resources":[
                {"name":"pods","singularName":"pod","namespaced":true,"kind":"Pod",
                 "verbs":["list"],"shortNames":["po"]},
                {"name":"pods/eviction","singularName":"","namespaced":true,"group":"policy",
                 "version":"v1","kind":"Eviction","verbs":["create"]}]},
               {"kind":"APIResourceList","groupVersion":"projectcalico.org/v3","resources":[
                {"name":"ippools","singularName":"ippool","namespaced":false,"kind":"IPPool",
                 "verbs":["list"]}]}]
              """),
          JSON.readTree(text(bundle, "cluster-resources/resources.json")));
      assertEquals(
          List.of("", "projectcalico.org", "metrics.k8s.io"),
          JSON.readTree(text(bundle, "cluster-resources/groups.json")).findValuesAsText("name"));
    }
  }

  @Test
  void usageOfNodesAndPodsIsCollectedWhereItIsServedAndElseLeavesNoGap() throws Exception {
    var resources = "[nodes.metrics.k8s.io, pods.metrics.k8s.io]";
    try (var bundle = BundleReader.open(collect(request -> Optional.empty(), resources))) {
      assertFalse(outcome(bundle, "clusterDump/nodes.metrics.k8s.io").leavesGap());
    }
    Interceptor metrics =
        request ->
            switch (request.path()) {
              case "/apis/metrics.k8s.io/v1beta1/nodes" ->
                  Optional.of(exchange ->
                      exchange.send(
                          200,
                          "application/json",
                          "{\"kind\":\"NodeMetricsList\",\"metadata\":{},\"items\":["
                              + "{\"metadata\":{\"name\":\"rig-1\"},\"usage\":{\"cpu\":\"1n\"}}]}"));
              case "/apis/metrics.k8s.io/v1beta1/pods" ->
                  Optional.of(exchange ->
                      exchange.send(
                          200,
                          "application/json",
                          "{\"kind\":\"PodMetricsList\",\"metadata\":{},\"items\":["
                              + "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"}}]}"));
              default -> Optional.empty();
            };
    try (var bundle = BundleReader.open(collect(metrics, resources))) {
      var nodes = JSON.readTree(text(bundle, "cluster-resources/metrics/nodes.json"));
      assertEquals("1n", nodes.at("/items/0/usage/cpu").asText());
      assertTrue(
          bundle.find(new EntryPath("cluster-resources/metrics/pods/shop.json")).isPresent());
    }
  }

  private static List<String> names(JsonNode resources) {
    return resources.findValuesAsText("groupVersion");
  }

  private static String coreDiscovery() {
    return """
    {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[
     {"metadata":{"creationTimestamp":null},"versions":[{"version":"v1","freshness":"Current",
      "resources":[{"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},
       "scope":"Namespaced","singularResource":"pod","verbs":["list"],"shortNames":["po"],
       "subresources":[{"subresource":"eviction","responseKind":{"group":"policy","version":"v1",
        "kind":"Eviction"},"verbs":["create"]}]}]}]}]}
    """;
  }

  private static String groupDiscovery() {
    return """
    {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[
     {"metadata":{"name":"projectcalico.org"},"versions":[{"version":"v3","freshness":"Current",
      "resources":[{"resource":"ippools","responseKind":{"group":"projectcalico.org","version":"v3",
       "kind":"IPPool"},"scope":"Cluster","singularResource":"ippool","verbs":["list"]}]}]},
     {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale",
      "resources":[]}]}]}
    """;
  }

  private Path collect(Interceptor interceptor, String resources) throws Exception {
    var profile = folder.resolve("objects.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: objects
        collect:
          - clusterDump: { resources: RESOURCES }
        """
            .replace("RESOURCES", resources));
    var file = Files.createTempDirectory(folder, "run").resolve("objects.tar.gz");
    try (var server =
        DemoClusterFixture.start(ReplayOptions.defaults().withInterceptor(interceptor))) {
      var run =
          Run.of(
              "collect",
              "-q",
              "-p",
              profile.toString(),
              "--kubeconfig",
              kubeconfig(folder, server.url().toString(), "", "token: abc").toString(),
              "-o",
              file.toString());
      assertTrue(Files.exists(file), run.err());
    }
    return file;
  }
}
