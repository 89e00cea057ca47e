package dev.diagbundle.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.redact.SecretMatch;
import dev.diagbundle.redact.TextRule;
import dev.diagbundle.redact.Window;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A rule for secrets that fails in the middle of a run.
@Tag("fault")
final class RedactionFaultTest {
  @TempDir Path folder;

  @Test
  void aRuleThatThrowsDropsTheEntryAndItsItemSaysSo() throws Exception {
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, ReplayOptions.defaults())) {
      var request =
          new CollectRequest(
              List.of(
                  ClusterTarget.of(ClusterConnection.anonymous("demo", server.url().toString()))),
              ProfileCatalog.load(List.of("minimal")),
              "",
              List.of(),
              "test",
              new WindowSpec.OfProfile(),
              CollectRequest.Selection.ALL,
              new CollectRequest.Output(
                  Optional.of(folder.resolve("b.tar.gz")), Optional.empty(), OptionalLong.empty()),
              new Redaction(List.of(new Failing())));
      var clock =
          Clock.offset(
              Clock.systemUTC(), Duration.between(Clock.systemUTC().instant(), data.time()));
      var collector =
          new Collector(
              request,
              clock,
              progress -> {},
              (contents, out) -> {},
              (contents, out) -> List.of(),
              ClientOptions.USUAL.withQueryPause(Duration.ZERO));
      var result = collector.run();
      var failed =
          result.manifest().items().stream()
              .filter(item -> item.outcome() instanceof Outcome.Failed)
              .toList();
      assertTrue(!failed.isEmpty());
      for (var item : failed) {
        assertEquals(
            new Outcome.Failed(
                Reason.INTERNAL,
                "the redaction rule 'failing' failed: IllegalStateException; the affected text"
                    + " was dropped"),
            item.outcome(),
            item.id());
      }
      var ids = failed.stream().map(item -> item.id()).toList();
      try (var bundle = BundleReader.open(result.file())) {
        assertTrue(
            bundle.manifest().entries().stream()
                .filter(entry -> !entry.item().isEmpty())
                .filter(entry -> ids.contains(entry.item()))
                .noneMatch(entry -> entry.path().value().endsWith("describe.txt")));
        for (var entry : bundle.manifest().entries()) {
          try (var in = bundle.open(entry)) {
            var text = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertTrue(!text.contains("kernelVersion"), entry.path().value());
          }
        }
      }
    }
  }

  private record Failing() implements TextRule {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public List<String> literals() {
      return List.of("kernelversion", "kernel version");
    }

    @Override
    public Optional<SecretMatch> find(Window window, int start, int end) {
      throw new IllegalStateException("a fault");
    }
  }
}
