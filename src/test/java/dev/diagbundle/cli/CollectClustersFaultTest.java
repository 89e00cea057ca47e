package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.files;
import static dev.diagbundle.cli.CollectFixture.items;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.reason;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ReplayOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Several clusters of which some are dead, refuse, or are left in the middle.
@Tag("fault")
final class CollectClustersFaultTest extends ClustersFixture {
  @Test
  void deadClusterIsOneFailedItemAndTheOtherIsWhole() throws Exception {
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("prod-us", DEAD),
            new Context("prod-eu", start(ReplayOptions.defaults())));
    var run = collect("-p", "minimal", "--kubeconfig", config, "--all-contexts", "--format=json");
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    assertTrue(run.err().contains("prod-us, cluster: prod-us, unreachable: API server"), run.err());
    var clusters = new ObjectMapper().readTree(run.out()).path("clusters");
    assertEquals("prod-us", clusters.path(0).path("name").asText());
    assertFalse(clusters.path(0).path("answered").asBoolean());
    assertTrue(clusters.path(1).path("answered").asBoolean());
    try (var read = BundleReader.open(bundle)) {
      assertEquals(Reason.UNREACHABLE, reason(outcome(read, "clusters/prod-us/cluster")));
      assertEquals(
          List.of("clusters/prod-us/cluster"),
          items(read).stream().filter(id -> id.startsWith("clusters/prod-us/")).toList());
      assertEquals(new Outcome.Collected(), outcome(read, "clusters/prod-eu/clusterDump/nodes"));
      var about = read.manifest().run();
      assertEquals("prod-eu", about.cluster().context());
      assertEquals(
          List.of(false, true), about.clusters().stream().map(Manifest.Part::answered).toList());
      assertTrue(text(read, "clusters/prod-us/requests.jsonl").contains("\"/version\""));
    }
  }

  @Test
  void clusterThatRefusesTheCredentialsIsForbidden() throws Exception {
    var refusing =
        ReplayOptions.defaults()
            .withInterceptor(
                request -> Optional.of(exchange -> exchange.send(401, "application/json", "{}")));
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("a", start(refusing)),
            new Context("b", start(ReplayOptions.defaults())));
    var run = collect("-p", "minimal", "--kubeconfig", config, "--all-contexts");
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    try (var read = BundleReader.open(bundle)) {
      assertEquals(Reason.FORBIDDEN, reason(outcome(read, "clusters/a/cluster")));
    }
  }

  @Test
  void contextWhoseCertificateCannotBeReadIsOneFailedItem() throws Exception {
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("a", start(ReplayOptions.defaults())),
            new Context("b", "https://127.0.0.1:1\n    certificate-authority: missing.pem"));
    var run = collect("-p", "minimal", "--kubeconfig", config, "--all-contexts");
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    try (var read = BundleReader.open(bundle)) {
      assertTrue(outcome(read, "clusters/b/cluster") instanceof Outcome.Failed);
      assertEquals(new Outcome.Collected(), outcome(read, "clusters/a/clusterDump/nodes"));
    }
  }

  @Test
  void noBundleIfAllClustersAreDead() throws Exception {
    var config = kubeconfig("kubeconfig", new Context("a", DEAD), new Context("b", DEAD));
    var run = collect("-p", "minimal", "--kubeconfig", config, "--all-contexts");
    assertEquals(ExitCode.FAILED, run.code(), run.err());
    assertTrue(run.err().contains("none of the 2 clusters"), run.err());
    assertTrue(run.err().contains("a: API server " + DEAD + " cannot be reached"), run.err());
    assertTrue(run.err().contains("b: API server"), run.err());
    assertEquals(List.of(), files(folder.resolve("out")));
  }

  @Test
  void unknownContextIsSaidBeforeAnythingIsAsked() throws Exception {
    var asked = new ArrayList<String>();
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("prod-eu", start(counting(asked))),
            new Context("prod-us", DEAD));
    var run = collect("--kubeconfig", config, "--context=prod-eu", "--context=prod-uss");
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(
        run.err().contains("context 'prod-uss' is not in the kubeconfig, did you mean 'prod-us'?"),
        run.err());
    assertEquals(List.of(), asked);
    assertEquals(List.of(), files(folder.resolve("out")));
  }

  @Test
  void signalEndsAllClustersAndLeavesAValidBundle() throws Exception {
    var hanging =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().contains("/proxy/")
                    ? Optional.of(exchange -> new CountDownLatch(1).await())
                    : Optional.empty());
    var silent =
        ReplayOptions.defaults()
            .withInterceptor(request -> Optional.of(exchange -> new CountDownLatch(1).await()));
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("a", start(hanging)),
            new Context("b", start(hanging)),
            new Context("silent", start(silent)));
    Signals described =
        onFirst ->
            PartialBundle.await(
                bundle, "clusters/b/nodes/rig-1/describe.txt", () -> onFirst.accept("INT"));
    var run =
        Run.with(
            described,
            "collect",
            "-p",
            "windows-cni",
            "--kubeconfig",
            config,
            "--all-contexts",
            "-o",
            bundle.toString());
    assertEquals(ExitCode.INTERRUPTED, run.code(), run.err());
    try (var read = BundleReader.open(bundle)) {
      assertEquals(Optional.of("INT"), read.manifest().run().interrupted());
      for (String cluster : List.of("a", "b", "silent")) {
        assertTrue(
            read.manifest().items().stream()
                .filter(item -> item.cluster().equals(cluster))
                .anyMatch(item -> item.outcome() instanceof Outcome.Cancelled),
            cluster);
      }
      assertTrue(outcome(read, "clusters/silent/cluster") instanceof Outcome.Cancelled);
      assertTrue(read.find(new EntryPath("clusters/b/nodes/rig-1/describe.txt")).isPresent());
    }
  }

  @Test
  void deadlineIsOneForAllClusters() throws Exception {
    var silent =
        ReplayOptions.defaults()
            .withInterceptor(request -> Optional.of(exchange -> new CountDownLatch(1).await()));
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("a", start(ReplayOptions.defaults())),
            new Context("silent", start(silent)));
    var run = collect("-p", "minimal", "--deadline=12s", "--kubeconfig", config, "--all-contexts");
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    try (var read = BundleReader.open(bundle)) {
      assertEquals(Optional.of("deadline"), read.manifest().run().interrupted());
      assertEquals(
          new Outcome.Cancelled("the run's deadline was reached"),
          outcome(read, "clusters/silent/cluster"));
      assertEquals(new Outcome.Collected(), outcome(read, "clusters/a/clusterDump/nodes"));
    }
  }
}
