package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.BundleAnalyzer;
import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.analyze.rules.RuleRegistry;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// A scenario taken the whole way: a described cluster is served as a Kubernetes API, collected
/// from over HTTP by the whole command, and the written bundle is analyzed.
///
/// @param described the cluster
/// @param options how it is served: who may do what, which faults it has
/// @param ahead how far the clock of the collecting machine is ahead of the cluster's
/// @param interruptedAt a part of a path: a request for such a one is not answered, and the run is
///   interrupted; empty for a run that goes to its end
/// @param words more words of the command
public record CollectedScenario(
    ClusterBundle described,
    ReplayOptions options,
    Duration ahead,
    String interruptedAt,
    List<String> words) {
  private static final Duration NAP = Duration.ofMillis(50);
  private static final int QUIET_NAPS = 30;
  private static final Set<Integer> WRITTEN =
      Set.of(ExitCode.OK, ExitCode.INCOMPLETE, ExitCode.INTERRUPTED);

  /// As the shipped profile for tickets collects it, by somebody who may read everything.
  public static CollectedScenario support(ClusterBundle described) {
    return new CollectedScenario(
        described, ReplayOptions.defaults(), Duration.ZERO, "", List.of("-p", "support"));
  }

  public CollectedScenario served(ReplayOptions how) {
    return new CollectedScenario(described, how, ahead, interruptedAt, words);
  }

  /// By a machine whose clock is so far ahead.
  public CollectedScenario ahead(Duration lead) {
    return new CollectedScenario(described, options, lead, interruptedAt, words);
  }

  public CollectedScenario with(String... more) {
    var all = new ArrayList<>(words);
    all.addAll(Arrays.asList(more));
    return new CollectedScenario(described, options, ahead, interruptedAt, all);
  }

  /// Interrupted while it waits for answers to such requests, and for nothing else.
  public CollectedScenario interruptedAt(String path) {
    return new CollectedScenario(described, options, ahead, path, words);
  }

  /// Collects it into a folder, and analyzes what was written.
  public Analysis analyze(Path folder) throws DiagbundleException, IOException {
    try (var reader = BundleReader.open(collect(folder))) {
      return new BundleAnalyzer(RuleRegistry.all()).analyze(reader);
    }
  }

  /// Collects it into a folder.
  ///
  /// @return the bundle
  public Path collect(Path folder) throws DiagbundleException, IOException {
    var data = ReplayedCluster.write(described, folder.resolve("cluster"));
    var bundle = folder.resolve("bundle.tar.gz");
    var config = folder.resolve("kubeconfig");
    var listener = new CompletableFuture<Consumer<String>>();
    Signals signals = onFirst -> assertTrue(listener.complete(onFirst));
    var served = interruptedAt.isEmpty() ? options : interrupting(listener);
    // Time stands still on both sides, so that a slow machine gives no skew.
    var clock = Clock.fixed(ClusterBundle.NOW.plus(ahead), ZoneOffset.UTC);
    try (var read = ClusterData.of(data);
        var server = ReplayServer.start(read, served)) {
      Files.writeString(config, server.kubeconfig());
      var command = new ArrayList<>(List.of("collect", "-q", "--kubeconfig", config.toString()));
      command.addAll(words);
      command.addAll(List.of("-o", bundle.toString()));
      var run = Run.at(clock, signals, command.toArray(String[]::new));
      assertTrue(WRITTEN.contains(run.code()), () -> run.code() + ": " + run.err());
    }
    return bundle;
  }

  /// The run is interrupted when all that it still waits for are such requests.
  private ReplayOptions interrupting(CompletableFuture<Consumer<String>> listener) {
    var requests = new AtomicLong();
    return options.withInterceptor(request -> {
      requests.incrementAndGet();
      return request.path().contains(interruptedAt)
          ? Optional.of(exchange -> {
            // On a busy machine these naps are late by as much as the run itself.
            for (int quiet = 0; quiet < QUIET_NAPS; quiet++) {
              long before = requests.get();
              Thread.sleep(NAP);
              quiet = requests.get() == before ? quiet : 0;
            }
            listener.join().accept("INT");
            new CountDownLatch(1).await();
          })
          : Optional.empty();
    });
  }
}
