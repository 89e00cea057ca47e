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
import dev.diagbundle.bundle.BundleReader;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.bundle.Manifest;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs over several clusters.
@Timeout(120)
final class CollectClustersTest {
  /// A port on which nobody listens.
  private static final String DEAD = "http://127.0.0.1:1";

  @TempDir private Path folder = Path.of("");
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path bundle = Path.of("");

  /// A context of a kubeconfig: its name and its server.
  private record Context(String name, String server) {}

  @BeforeEach
  void nameTheBundle() throws IOException {
    bundle = Files.createDirectory(folder.resolve("out")).resolve("x.tar.gz");
  }

  @AfterEach
  void stopClusters() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void twoClustersStandSideBySideEachWithItsOwnRequests() throws Exception {
    var eu = new ArrayList<String>();
    var us = new ArrayList<String>();
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("prod-eu", start(counting(eu))),
            new Context("prod-us", start(counting(us))));
    var run =
        collect("-p", "minimal", "--kubeconfig", config, "--context=prod-eu", "--context=prod-us");
    assertEquals(List.of(0, 3).contains(run.code()), true, run.err());
    assertEquals(bundle + "\n", run.out());
    assertTrue(run.err().contains("Clusters prod-eu  v1.3"), run.err());
    try (var read = BundleReader.open(bundle)) {
      var paths = read.manifest().entries().stream().map(entry -> entry.path().value()).toList();
      // What was found is one answer about all of them.
      assertEquals(
          List.of("findings.json"),
          paths.stream().filter(path -> !path.startsWith("clusters/prod-")).toList());
      var half = paths.stream().filter(path -> path.startsWith("clusters/prod-eu/")).toList();
      assertEquals(
          half.stream().map(path -> path.replace("prod-eu", "prod-us")).sorted().toList(),
          paths.stream().filter(path -> path.startsWith("clusters/prod-us/")).sorted().toList());
      assertTrue(half.contains("clusters/prod-eu/profile.yaml"), "" + half);
      assertTrue(half.contains("clusters/prod-eu/cluster-resources/nodes.json"), "" + half);
      var ids = items(read);
      assertEquals(ids.size(), new HashSet<>(ids).size());
      assertTrue(ids.contains("clusters/prod-us/events/events"), "" + ids);
      for (Item item : read.manifest().items()) {
        assertTrue(item.id().startsWith("clusters/" + item.cluster() + "/"), item.id());
      }
      var known = new HashSet<>(ids);
      known.add("");
      for (var place : List.of("prod-eu", "prod-us")) {
        var requests = text(read, "clusters/" + place + "/requests.jsonl").lines().toList();
        assertEquals(place.equals("prod-eu") ? eu.size() : us.size(), requests.size());
        for (String line : requests) {
          assertTrue(known.contains(new ObjectMapper().readTree(line).path("item").asText()), line);
        }
      }
    }
    assertEquals(ExitCode.OK, Run.of("verify", bundle.toString()).code());
  }

  @Test
  void deadClusterIsOneFailedItemAndTheOtherIsWhole() throws Exception {
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("prod-us", DEAD),
            new Context("prod-eu", start(ReplayOptions.defaults())));
    var run = collect("-p", "minimal", "--kubeconfig", config, "--all-contexts", "--output=json");
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
  void contextThatIsNamedTwiceIsOneClusterInTheLayoutOfOne() throws Exception {
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("a", start(ReplayOptions.defaults())),
            new Context("b", DEAD));
    var run = collect("-p", "minimal", "--kubeconfig", config, "--context=a", "--context=a");
    assertTrue(List.of(0, 3).contains(run.code()), run.err());
    try (var read = BundleReader.open(bundle)) {
      assertTrue(read.find(new EntryPath("profile.yaml")).isPresent());
      assertFalse(read.manifest().run().hasSeveral());
      assertEquals("a", read.manifest().run().clusters().getFirst().identity().context());
    }
  }

  @Test
  void folderOfKubeconfigsGivesEveryContextAFolderOfItsOwn() throws Exception {
    var configs = Files.createDirectory(folder.resolve("configs"));
    var server = start(ReplayOptions.defaults());
    var other = start(ReplayOptions.defaults());
    kubeconfig("configs/eu.yaml", new Context("default", server));
    kubeconfig("configs/us.yaml", new Context("default", other), new Context("x/../y", other));
    kubeconfig("configs/us-copy.yaml", new Context("default", other));
    kubeconfig("configs/up.yaml", new Context("X%2F..%2FY", server), new Context("x/../Y", server));
    Files.writeString(configs.resolve("README"), "Where our clusters are: see the wiki.");
    Files.writeString(configs.resolve("ca.crt"), "-----BEGIN CERTIFICATE-----\nMII\n");
    var run = collect("-p", "minimal", "--kubeconfig", configs.toString(), "--all-contexts");
    assertTrue(List.of(0, 3).contains(run.code()), run.err());
    assertTrue(run.err().contains("passed over 'README': it is no kubeconfig"), run.err());
    try (var read = BundleReader.open(bundle)) {
      assertEquals(
          List.of(
              "default@eu.yaml",
              "X%252F..%252FY",
              "x%2F..%2FY@up.yaml",
              "default@us-copy.yaml",
              "x%2F..%2Fy@us.yaml"),
          read.manifest().run().clusters().stream().map(Manifest.Part::name).toList());
      for (Manifest.Part part : read.manifest().run().clusters()) {
        assertTrue(read.find(new EntryPath(part.place().prefix() + "version.yaml")).isPresent());
      }
    }
  }

  @Test
  void everyClusterHasTheWindowOfItsOwnClock() throws Exception {
    var time = Instant.parse("2026-11-21T03:15:04Z");
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("right", start(ReplayOptions.defaults().withNow(time))),
            new Context(
                "late", start(ReplayOptions.defaults().withNow(time.minus(Duration.ofHours(2))))));
    collect("-p", "minimal", "--since", "1h", "--kubeconfig", config, "--all-contexts");
    try (var read = BundleReader.open(bundle)) {
      var parts = read.manifest().run().clusters();
      assertEquals(time, parts.getFirst().window().to());
      assertEquals(time.minus(Duration.ofHours(1)), parts.getFirst().window().from());
      assertEquals(time.minus(Duration.ofHours(2)), parts.getLast().window().to());
      var apart = parts.getLast().clockSkew().minus(parts.getFirst().clockSkew());
      assertTrue(apart.minus(Duration.ofHours(2)).abs().toSeconds() < 30, "" + apart);
    }
  }

  @Test
  void signalEndsAllClustersAndLeavesAValidBundle() throws Exception {
    var hanging =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().contains("/proxy/")
                    ? Optional.of(exchange -> Thread.sleep(60_000))
                    : Optional.empty());
    var silent =
        ReplayOptions.defaults()
            .withInterceptor(request -> Optional.of(exchange -> Thread.sleep(60_000)));
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("a", start(hanging)),
            new Context("b", start(hanging)),
            new Context("silent", start(silent)));
    Signals soon =
        onFirst -> {
          Thread.ofVirtual()
              .start(() -> {
                try {
                  Thread.sleep(2_500);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                onFirst.accept("INT");
              });
        };
    long began = System.nanoTime();
    var run =
        Run.with(
            soon,
            "collect",
            "-p",
            "windows-cni",
            "--kubeconfig",
            config,
            "--all-contexts",
            "-o",
            bundle.toString());
    assertEquals(ExitCode.INTERRUPTED, run.code(), run.err());
    assertTrue(System.nanoTime() - began < Duration.ofSeconds(10).toNanos());
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
            .withInterceptor(request -> Optional.of(exchange -> Thread.sleep(60_000)));
    var config =
        kubeconfig(
            "kubeconfig",
            new Context("a", start(ReplayOptions.defaults())),
            new Context("silent", start(silent)));
    var run = collect("-p", "minimal", "--deadline=5s", "--kubeconfig", config, "--all-contexts");
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    try (var read = BundleReader.open(bundle)) {
      assertEquals(Optional.of("deadline"), read.manifest().run().interrupted());
      assertEquals(
          new Outcome.Cancelled("the run's deadline was reached"),
          outcome(read, "clusters/silent/cluster"));
      assertEquals(new Outcome.Collected(), outcome(read, "clusters/a/clusterDump/nodes"));
    }
  }

  @Test
  void folderNeedsToBeToldWhichContexts() throws Exception {
    var run = collect("--kubeconfig", folder.toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("add --all-contexts"), run.err());
  }

  private Run collect(String... args) {
    var words = new ArrayList<>(List.of("collect", "-o", bundle.toString()));
    words.addAll(List.of(args));
    return Run.of(words.toArray(String[]::new));
  }

  private String start(ReplayOptions options) throws IOException {
    var data = ClusterData.demo();
    open.add(data);
    var server = ReplayServer.start(data, options);
    open.add(server);
    return server.url().toString().replaceAll("/$", "");
  }

  private static ReplayOptions counting(List<String> asked) {
    return ReplayOptions.defaults()
        .withInterceptor(request -> {
          synchronized (asked) {
            asked.add(request.path());
          }
          return Optional.empty();
        });
  }

  private String kubeconfig(String name, Context... contexts) throws IOException {
    var text = new StringBuilder("apiVersion: v1\nkind: Config\n");
    text.append("current-context: \"").append(contexts[0].name()).append("\"\ncontexts:\n");
    for (int i = 0; i < contexts.length; i++) {
      text.append("- name: \"").append(contexts[i].name()).append("\"\n");
      text.append("  context: { cluster: c").append(i).append(", user: tester }\n");
    }
    text.append("clusters:\n");
    for (int i = 0; i < contexts.length; i++) {
      text.append("- name: c").append(i).append("\n  cluster:\n    server: ");
      text.append(contexts[i].server()).append('\n');
    }
    text.append("users:\n- name: tester\n  user: { token: abc }\n");
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
