package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.items;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.serve.ReplayOptions;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whole runs over several clusters.
final class CollectClustersTest extends ClustersFixture {
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
          List.of("findings.json", "log-patterns.json"),
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
    assertTrue(run.err().contains("skipped 'README': not a kubeconfig"), run.err());
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
  void folderNeedsToBeToldWhichContexts() throws Exception {
    var run = collect("--kubeconfig", folder.toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.err().contains("add --all-contexts"), run.err());
  }
}
