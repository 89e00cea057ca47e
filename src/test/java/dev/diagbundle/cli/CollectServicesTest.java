package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.http.Interceptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs that request services of nodes of which the container runtime is known.
final class CollectServicesTest {
  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private final Interceptor noting =
      request -> {
        var query = request.query().encoded();
        if (request.path().startsWith("/api/v1/nodes/rig-1/") && query.startsWith("query=")) {
          asked.add(query.replaceFirst("query=([^&]*).*", "$1"));
        }
        return Optional.empty();
      };

  @TempDir private Path folder = Path.of("");

  private BundleReader collect(String item) throws Exception {
    var profile = folder.resolve("services.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: services
        collect:
          - nodeLogs: %s
        """
            .formatted(item));
    var file = folder.resolve("services.tar.gz");
    Files.deleteIfExists(file);
    try (var server = DemoClusterFixture.start(ReplayOptions.defaults().withInterceptor(noting))) {
      var config = kubeconfig(folder, server.url().toString(), "", "token: abc");
      Run.of(
          "collect",
          "-q",
          "--kubeconfig",
          config.toString(),
          "-p",
          profile.toString(),
          "-o",
          file.toString());
    }
    return BundleReader.open(file);
  }

  @Test
  void containerdNodeIsNotAskedForServicesOfOtherRuntimesAndDistributions() throws Exception {
    var services = "[kubelet, containerd, crio, k3s, k3s-agent, rke2-server, rke2-agent]";
    try (var bundle = collect("{ services: " + services + " }")) {
      assertEquals(new TreeSet<>(Set.of("", "kubelet", "containerd")), asked);
      assertEquals(
          new Outcome.Skipped(
              Reason.NOT_FOUND,
              "not requested: the container runtime of the node is containerd://2.1.9+unknown"),
          outcome(bundle, "nodeLogs/rig-1/crio"));
      assertEquals(
          new Outcome.Skipped(
              Reason.NOT_FOUND, "not requested: the kubelet of the node is v1.36.2"),
          outcome(bundle, "nodeLogs/rig-1/rke2-agent"));
    }
  }

  @Test
  void itemCanRequestAllServicesFromAllNodes() throws Exception {
    try (var _ = collect("{ services: [crio, k3s], allServices: true }")) {
      assertEquals(new TreeSet<>(Set.of("", "crio", "k3s")), asked);
    }
  }
}
