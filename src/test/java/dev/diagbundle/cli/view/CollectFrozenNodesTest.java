package dev.diagbundle.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.cli.ManyNodes;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.KubeConnection;
import dev.diagbundle.collect.CollectRequest;
import dev.diagbundle.collect.CollectResult;
import dev.diagbundle.collect.Collector;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Interceptor;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs over fifty nodes, of which some are frozen: they accept every request and never
/// answer. The silence after which an answer counts as lost is 3 s instead of 45 s.
@Timeout(120)
final class CollectFrozenNodesTest {
  private static final Duration SILENCE = Duration.ofSeconds(3);
  private static final Duration SLACK = Duration.ofSeconds(3);

  @TempDir private Path folder = Path.of("");

  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  /// A run, and when the last item of the nodes that are well and of those that are not had ended.
  private record Measured(CollectResult result, Duration others, Duration whole) {}

  @Test
  void frozenNodeCostsTheRunItsOwnTimeAndNoMore() throws Exception {
    var healthy = collect(Set.of());
    assertOthersCollected(healthy, Set.of());

    var frozen = Set.of("n25");
    var run = collect(frozen);

    assertOthersCollected(run, frozen);
    assertWithin(healthy.whole().plus(SLACK), run.others());
    assertWithin(run.others().plus(SILENCE).plus(SLACK), run.whole());
    assertEquals(
        Set.of(new Outcome.Failed(Reason.TIMED_OUT, "no response within 3s")),
        run.result().manifest().items().stream()
            .filter(item -> item.node().equals("n25"))
            .map(Item::outcome)
            .collect(Collectors.toSet()));
    var summary = summary(run.result());
    assertTrue(summary.contains("n25: 6 items, timed-out: no response within 3s"), summary);
    // One quick question among the others, one with all patience.
    assertEquals(2, asked.get("n25"));
  }

  @Test
  void twentyFrozenNodesDoNotKeepTheOthersWaiting() throws Exception {
    var healthy = collect(Set.of());

    var frozen = IntStream.rangeClosed(1, 20).mapToObj(ManyNodes::name).collect(Collectors.toSet());
    var run = collect(frozen);

    assertOthersCollected(run, frozen);
    // Two quick rounds over those that do not answer; then they are asked last, 16 at a time.
    assertWithin(healthy.whole().plus(SLACK), run.others());
    assertWithin(run.others().plus(SILENCE.multipliedBy(2)).plus(SLACK), run.whole());
    assertTrue(
        run.result().manifest().items().stream()
            .filter(item -> frozen.contains(item.node()))
            .allMatch(item ->
                item.outcome()
                    .equals(new Outcome.Failed(Reason.TIMED_OUT, "no response within 3s"))));
  }

  private static void assertWithin(Duration most, Duration took) {
    assertTrue(took.compareTo(most) <= 0, took + " instead of at most " + most);
  }

  private static void assertOthersCollected(Measured run, Set<String> frozen) {
    var others =
        run.result().manifest().items().stream()
            .filter(item -> !item.node().isEmpty() && !frozen.contains(item.node()))
            .toList();
    assertEquals((50 - frozen.size()) * ManyNodes.ITEMS, others.size());
    assertEquals(
        Set.of(new Outcome.Collected()),
        others.stream().map(Item::outcome).collect(Collectors.toSet()));
  }

  private static String summary(CollectResult result) {
    var none = new PrintStream(OutputStream.nullOutputStream());
    var terminal = new Terminal(none, none, false, false);
    return String.join("\n", new RunSummary(terminal, result, Optional.empty()).lines());
  }

  private Measured collect(Set<String> frozen) throws Exception {
    var ends = new ConcurrentHashMap<String, Long>();
    Progress.Listener progress =
        event -> {
          if (event instanceof Progress.Ended ended) {
            ends.put(ended.node(), System.nanoTime());
          }
        };
    var profile = Files.writeString(folder.resolve("many.yaml"), ManyNodes.PROFILE);
    var data = ManyNodes.write(Files.createTempDirectory(folder, "data"), 50);
    try (var cluster = ClusterData.of(data);
        var server =
            ReplayServer.start(cluster, ReplayOptions.defaults().withInterceptor(freeze(frozen)))) {
      var request =
          new CollectRequest(
              KubeConnection.anonymous("many", server.url().toString()),
              ProfileCatalog.load(List.of(profile.toString())),
              "",
              List.of(),
              "test",
              new WindowSpec.OfProfile(),
              NodeSelection.ALL,
              List.of(),
              Set.of(),
              Set.of(),
              Optional.of(data.resolve("bundle.tar.gz")),
              Optional.empty(),
              Redaction.standard());
      var manners = ClientOptions.USUAL.withSilence(SILENCE);
      long began = System.nanoTime();
      var result =
          new Collector(
                  request,
                  Clock.systemUTC(),
                  progress,
                  (contents, out) -> {},
                  (contents, out) -> List.of(),
                  manners)
              .run();
      long ended = System.nanoTime();
      long others =
          ends.entrySet().stream()
              .filter(end -> !frozen.contains(end.getKey()))
              .mapToLong(Map.Entry::getValue)
              .max()
              .orElse(began);
      return new Measured(
          result, Duration.ofNanos(others - began), Duration.ofNanos(ended - began));
    }
  }

  private Interceptor freeze(Set<String> frozen) {
    return request -> {
      var segments = request.path().split("/", -1);
      boolean atNode = segments.length > 5 && segments[5].equals("proxy");
      if (!atNode || !frozen.contains(segments[4])) {
        return Optional.empty();
      }
      asked.merge(segments[4], 1, Integer::sum);
      return Optional.of(exchange -> Thread.sleep(60_000));
    };
  }
}
