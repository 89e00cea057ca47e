package dev.diagbundle.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.cli.ManyNodes;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.collect.ClusterTarget;
import dev.diagbundle.collect.CollectRequest;
import dev.diagbundle.collect.CollectResult;
import dev.diagbundle.collect.Collector;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.WindowSpec;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs over fifty nodes, of which some are frozen: they accept every request and never
/// answer. The silence after which an answer counts as lost is 3 s instead of 45 s.
@Tag("fault")
final class CollectFrozenNodesTest {
  private static final Duration SILENCE = Duration.ofSeconds(3);

  @TempDir private Path folder = Path.of("");

  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  /// A run, and its nodes in the order in which their last items ended.
  private record Observed(CollectResult result, List<String> ended) {}

  @Test
  void frozenNodeCostsTheRunItsOwnTimeAndNoMore() throws Exception {
    assertOthersCollected(collect(Set.of()), Set.of());

    var frozen = Set.of("n25");
    var run = collect(frozen);

    assertOthersCollected(run, frozen);
    // The others did not wait for it: it is the last one to end.
    assertEquals("n25", run.ended().getLast());
    assertEquals(
        Set.of(new Outcome.Failed(Reason.TIMED_OUT, "no response within 3s")),
        run.result().manifest().items().stream()
            .filter(item -> item.node().equals("n25"))
            .map(Item::outcome)
            .collect(Collectors.toSet()));
    var summary = summary(run.result());
    assertTrue(summary.contains("n25: 6 items, timed-out: no response within 3s"), summary);
    // One question among the others, and one that lasts as long as these have work.
    assertTrue(asked.getOrDefault("n25", 0) <= 2, asked.toString());
  }

  @Test
  void twentyFrozenNodesDoNotKeepTheOthersWaiting() throws Exception {
    var frozen = IntStream.rangeClosed(1, 20).mapToObj(ManyNodes::name).collect(Collectors.toSet());
    var run = collect(frozen);

    assertOthersCollected(run, frozen);
    // Those that do not answer are asked last, a quarter of the places at a time.
    assertTrue(frozen.contains(run.ended().getLast()), run.ended().toString());
    assertTrue(
        asked.entrySet().stream().allMatch(node -> node.getValue() <= 2),
        "one question among the others, and one as long as these have work: " + asked);
    assertTrue(
        run.result().manifest().items().stream()
            .filter(item -> frozen.contains(item.node()))
            .allMatch(item ->
                item.outcome()
                    .equals(new Outcome.Failed(Reason.TIMED_OUT, "no response within 3s"))));
  }

  private static void assertOthersCollected(Observed run, Set<String> frozen) {
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

  private Observed collect(Set<String> frozen) throws Exception {
    var ended = new ArrayList<String>();
    Progress.Listener progress =
        event -> {
          if (event instanceof Progress.ItemEnded item && !item.node().isEmpty()) {
            synchronized (ended) {
              ended.remove(item.node());
              ended.add(item.node());
            }
          }
        };
    var profile = Files.writeString(folder.resolve("many.yaml"), ManyNodes.PROFILE);
    var data = ManyNodes.write(Files.createTempDirectory(folder, "data"), 50);
    try (var cluster = ClusterData.of(data);
        var server =
            ReplayServer.start(cluster, ReplayOptions.defaults().withInterceptor(freeze(frozen)))) {
      var request =
          new CollectRequest(
              List.of(
                  ClusterTarget.of(ClusterConnection.anonymous("many", server.url().toString()))),
              ProfileCatalog.load(List.of(profile.toString())),
              "",
              List.of(),
              "test",
              new WindowSpec.OfProfile(),
              CollectRequest.Selection.ALL,
              new CollectRequest.Output(
                  Optional.of(data.resolve("bundle.tar.gz")),
                  Optional.empty(),
                  OptionalLong.empty()),
              Redaction.standard());
      var manners = ClientOptions.USUAL.withSilence(SILENCE);
      var result =
          new Collector(
                  request,
                  Clock.systemUTC(),
                  progress,
                  (contents, out) -> {},
                  (contents, out) -> List.of(),
                  manners)
              .run();
      return new Observed(result, ended);
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
      return Optional.of(exchange -> new CountDownLatch(1).await());
    };
  }
}
