package dev.diagbundle.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.BundleContents;
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
import dev.diagbundle.testing.WholeBundle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A worker that fails in the middle of a run, in a way that nobody thought of.
@Tag("fault")
final class WorkerFaultTest {
  /// The list in which the rule finds something to look at.
  private static final String ITEM = "clusterDump/nodes";

  private static final String PATTERNS = "run/log-patterns.json";

  @TempDir private Path folder = Path.of("");

  @Test
  void workersErrorIsOneFailedItemOfAValidBundle() throws Exception {
    var outcome =
        outcome(() -> {
          throw new AssertionError("a fault");
        });
    assertEquals(new Outcome.Failed(Reason.INTERNAL, "java.lang.AssertionError: a fault"), outcome);
  }

  @Test
  void outOfMemoryInOneTaskIsOneFailedItemOfAValidBundle() throws Exception {
    var outcome =
        outcome(() -> {
          var kept = new ArrayList<long[]>();
          while (kept.size() < 1_000_000) {
            // More than any heap has, at once: the other workers do not starve.
            kept.add(new long[Integer.MAX_VALUE]);
          }
        });
    assertEquals(Reason.INTERNAL, outcome.why().orElseThrow());
    assertTrue(outcome.words().startsWith("java.lang.OutOfMemoryError"), outcome.words());
  }

  @Test
  void analysisThatFailsCostsItsFilesOnlyAndBothSayWhy() throws Exception {
    FindingsRenderer scarce =
        (contents, out) -> {
          throw new OutOfMemoryError("no room");
        };
    var failed = new Outcome.Failed(Reason.INTERNAL, "not enough memory for the analysis");
    assertEquals(
        List.of(failed, failed), outcomes(() -> {}, scarce, "run/findings.json", PATTERNS));
  }

  @Test
  void patternsThatFailCostTheirFileOnly() throws Exception {
    var noPatterns =
        new FindingsRenderer() {
          @Override
          public void write(BundleContents contents, OutputStream out) throws IOException {
            out.write("{}".getBytes(StandardCharsets.UTF_8));
          }

          @Override
          public boolean writePatterns(OutputStream out) {
            throw new IllegalStateException("a fault");
          }
        };
    assertEquals(
        List.of(new Outcome.Failed(Reason.INTERNAL, "the analysis failed: IllegalStateException")),
        outcomes(() -> {}, noPatterns, "run/findings.json", PATTERNS));
  }

  private Outcome outcome(Runnable fault) throws Exception {
    return outcomes(fault, (contents, out) -> {}, ITEM).getFirst();
  }

  /// Runs with a fault on the threads that write of what kernels nodes have.
  ///
  /// @return what came of the items that are there
  private List<Outcome> outcomes(Runnable fault, FindingsRenderer findings, String... ids)
      throws Exception {
    var file = folder.resolve("b.tar.gz");
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
              new CollectRequest.Output(Optional.of(file), Optional.empty(), OptionalLong.empty()),
              new Redaction(List.of(new Failing(fault))));
      var collector =
          new Collector(
              request,
              Clock.offset(
                  Clock.systemUTC(), Duration.between(Clock.systemUTC().instant(), data.time())),
              progress -> {},
              findings,
              (contents, out) -> {
                out.write("a page".getBytes(StandardCharsets.UTF_8));
                return List.of();
              },
              ClientOptions.USUAL.withQueryPause(Duration.ZERO));
      collector.run();
    }
    WholeBundle.require(file);
    try (var bundle = BundleReader.open(file)) {
      return bundle.manifest().items().stream()
          .filter(item -> Set.of(ids).contains(item.id()))
          .map(Item::outcome)
          .toList();
    }
  }

  private record Failing(Runnable fault) implements TextRule {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public List<String> literals() {
      return List.of("kernelversion");
    }

    @Override
    public Optional<SecretMatch> find(Window window, int start, int end) {
      fault.run();
      return Optional.empty();
    }
  }
}
