package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.items;
import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which kinds of objects come into a bundle, of which namespaces, and what stands for lists that
/// are missing.
final class CollectKindsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void kindsAreChosenAndLeftOutByGlobs() throws Exception {
    var items = "- clusterDump: { resources: ['*.apps', 'network*', 'zz*'], exclude: ['daemon*'] }";
    try (var server = DemoClusterFixture.start();
        var bundle = collect(server, items)) {
      assertEquals(
          List.of(
              "clusterDump/(discovery)",
              "clusterDump/deployments.apps",
              "clusterDump/networkpolicies.networking.k8s.io",
              "clusterDump/nodes",
              "clusterDump/replicasets.apps",
              "clusterDump/statefulsets.apps",
              "clusterDump/zz*"),
          items(bundle));
      assertEquals(
          new Outcome.Skipped(Reason.NOT_FOUND, "the cluster does not serve zz*"),
          outcome(bundle, "clusterDump/zz*"));
    }
  }

  @Test
  void rightsAreNamedForTheKindsThatGlobsMean() {
    var profile = profile("- clusterDump: { resources: ['*.apps'], exclude: ['daemon*'] }");
    var check = Run.of("check", "--demo", "-p", profile.toString());
    assertTrue(
        check.out().contains("list deployments.apps, replicasets.apps, statefulsets.apps  "),
        check.out());
  }

  @Test
  void kindThatAnItemLeavesOutComesFromTheNamespacesOfTheOtherOnly() throws Exception {
    var items =
        """
        - clusterDump: { name: all, resources: ['*'], exclude: [secrets, 'pod*'] }
          - clusterDump: { name: few, resources: [secrets, pods], namespaces: [monitoring] }
        """;
    try (var server = DemoClusterFixture.start();
        var bundle = collect(server, items)) {
      for (String kind : List.of("secrets", "pods")) {
        var files =
            bundle.manifest().entries().stream()
                .map(entry -> entry.path().value())
                .filter(path -> path.startsWith("cluster-resources/" + kind + "/"))
                .toList();
        assertEquals(List.of("cluster-resources/" + kind + "/monitoring.json"), files);
      }
    }
  }

  @Test
  void customResourcesWhoseStoredVersionIsNoLongerServedComeInOneThatIs() throws Exception {
    var definition =
        """
        {"items":[{"metadata":{"name":"ippools.projectcalico.org"},"spec":{"group":"projectcalico.org",
        "names":{"plural":"ippools","kind":"IPPool"},"scope":"Cluster","versions":[
        {"name":"v1alpha1","served":false,"storage":true},
        {"name":"v3","served":true,"storage":false}]}}]}
        """;
    Interceptor definitions =
        request ->
            request.path().endsWith("/customresourcedefinitions")
                ? Optional.of(exchange -> exchange.send(200, "application/json", definition))
                : Optional.empty();
    try (var server =
            DemoClusterFixture.start(ReplayOptions.defaults().withInterceptor(definitions));
        var bundle = collect(server, "- clusterDump: { crds: ['*.projectcalico.org'] }")) {
      assertEquals(
          new Outcome.Collected(), outcome(bundle, "clusterDump/ippools.projectcalico.org"));
    }
  }

  @Test
  void descriptionOfANodeThatLacksAListIsNotCalledWhole() throws Exception {
    for (String list : List.of("events", "pods", "leases")) {
      Interceptor broken =
          request ->
              request.path().endsWith("/" + list)
                  ? Optional.of(exchange -> exchange.sendError(403, "forbidden by the test"))
                  : Optional.empty();
      try (var server = DemoClusterFixture.start(ReplayOptions.defaults().withInterceptor(broken));
          var bundle = collect(server, "- nodeDescribe: {}")) {
        var outcome = outcome(bundle, "nodeDescribe/rig-1/describe");
        assertEquals(Reason.FORBIDDEN, reason(outcome));
        assertTrue(outcome.words().startsWith("incomplete list of " + list), outcome.words());
      }
    }
  }

  @Test
  void namespaceThatIsNotThereIsNamed() throws Exception {
    try (var server = DemoClusterFixture.start()) {
      var kinds = "- clusterDump: { resources: [%s] }";
      try (var bundle =
          collect(server, kinds.formatted("namespaces, pods"), "-n", "shop", "-n", "shpo")) {
        assertEquals(
            new Outcome.Failed(Reason.NOT_FOUND, "the cluster has no namespace shpo"),
            outcome(bundle, "clusterDump/(namespace shpo)"));
        assertTrue(items(bundle).stream().noneMatch(id -> id.contains("shop")));
      }
      try (var bundle = collect(server, kinds.formatted("pods"), "-n", "shop", "-n", "shpo")) {
        assertEquals(Reason.EMPTY, reason(outcome(bundle, "clusterDump/(namespace shpo)")));
      }
    }
  }

  @Test
  void listThatBreaksInOneNamespaceCostsNoOther() throws Exception {
    var chunk =
        """
        {"metadata":{"continue":"more"},"items":[{"metadata":{"name":"a","namespace":"kube-system"}}]}
        """;
    Interceptor broken =
        request ->
            request.path().equals("/api/v1/namespaces/kube-system/services")
                ? Optional.of(
                    request.query().encoded().contains("continue")
                        ? exchange -> exchange.sendError(500, "broken by the test")
                        : exchange -> exchange.send(200, "application/json", chunk))
                : Optional.empty();
    try (var server = DemoClusterFixture.start(ReplayOptions.defaults().withInterceptor(broken));
        var bundle =
            collect(
                server,
                "- clusterDump: { resources: [services] }",
                "-n",
                "kube-system",
                "-n",
                "shop")) {
      assertTrue(outcome(bundle, "clusterDump/services") instanceof Outcome.Partial);
      for (String namespace : List.of("kube-system", "shop")) {
        var path = new EntryPath("cluster-resources/services/" + namespace + ".json");
        assertTrue(bundle.find(path).isPresent(), namespace);
      }
    }
  }

  private BundleReader collect(DemoClusterFixture server, String items, String... more)
      throws Exception {
    var file = Files.createTempDirectory(folder, "run").resolve("kinds.tar.gz");
    var words =
        new ArrayList<>(
            List.of(
                "collect",
                "-q",
                "-p",
                profile(items).toString(),
                "--kubeconfig",
                kubeconfig(folder, server.url().toString(), "", "token: abc").toString(),
                "-o",
                file.toString()));
    words.addAll(List.of(more));
    var run = Run.of(words.toArray(String[]::new));
    assertTrue(Files.exists(file), run.err());
    return BundleReader.open(file);
  }

  private Path profile(String items) {
    var file = folder.resolve("kinds.yaml");
    try {
      Files.writeString(
          file,
          """
          apiVersion: diagbundle.dev/v1
          kind: Profile
          name: kinds
          collect:
          """
              + "  "
              + items
              + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("the test's own folder", e);
    }
    return file;
  }
}
