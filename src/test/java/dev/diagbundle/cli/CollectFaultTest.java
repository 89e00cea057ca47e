package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.testing.WholeBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run says and leaves behind when something is wrong.
@Tag("fault")
final class CollectFaultTest {
  private static final ReplayOptions HANGING_KUBELETS =
      ReplayOptions.defaults()
          .withInterceptor(request ->
              request.path().contains("/proxy/") ? hang(new CountDownLatch(1)) : Optional.empty());

  @TempDir private Path folder = Path.of("");

  @Test
  void signalLeavesAValidBundle() throws Exception {
    var file = folder.resolve("interrupted.tar.gz");
    Signals described =
        onFirst ->
            PartialBundle.await(file, "nodes/rig-1/describe.txt", () -> onFirst.accept("INT"));
    var run = collect(HANGING_KUBELETS, described, file, "-p", "windows-cni");
    assertEquals(ExitCode.INTERRUPTED, run.code(), run.err());
    // Not "timed-out": what the run had no time to ask for did not fail to answer.
    assertTrue(run.err().contains(", interrupted: "), run.err());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(Optional.of("INT"), bundle.manifest().run().interrupted());
      assertTrue(
          bundle.manifest().items().stream()
              .anyMatch(item -> item.outcome() instanceof Outcome.Cancelled));
      assertTrue(bundle.find(new EntryPath("cluster-resources/nodes.json")).isPresent());
      assertTrue(bundle.find(new EntryPath("nodes/rig-1/describe.txt")).isPresent());
    }
  }

  @Test
  void signalBeforeTheFirstAnswerLeavesAValidBundle() throws Exception {
    var asked = new CountDownLatch(1);
    var silent = ReplayOptions.defaults().withInterceptor(request -> hang(asked));
    var file = folder.resolve("interrupted.tar.gz");
    var run = collect(silent, on(asked, "TERM"), file, "-p", "minimal");
    assertEquals(ExitCode.TERMINATED, run.code(), run.err());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(Optional.of("TERM"), bundle.manifest().run().interrupted());
      assertTrue(outcome(bundle, "clusterDump/nodes") instanceof Outcome.Cancelled);
    }
    WholeBundle.require(file);
  }

  @Test
  void deadlineLeavesAValidBundle() throws Exception {
    var file = folder.resolve("late.tar.gz");
    var run =
        collect(HANGING_KUBELETS, Signals.NONE, file, "-p", "windows-cni", "--deadline", "4s");
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(Optional.of("deadline"), bundle.manifest().run().interrupted());
    }
    WholeBundle.require(file);
  }

  @Test
  void deadlineBeforeTheFirstAnswerLeavesAValidBundle() throws Exception {
    var silent = ReplayOptions.defaults().withInterceptor(request -> hang(new CountDownLatch(1)));
    var file = folder.resolve("late.tar.gz");
    var run = collect(silent, Signals.NONE, file, "-p", "minimal", "--deadline", "4s");
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(Optional.of("deadline"), bundle.manifest().run().interrupted());
    }
    WholeBundle.require(file);
  }

  @Test
  void namespaceThatIsForbiddenDoesNotHideTheOthers() throws Exception {
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().startsWith("/api/v1/namespaces/closed/")
                        || request.path().equals("/api/v1/pods")
                    ? Optional.of(exchange ->
                        exchange.send(
                            403,
                            "application/json",
                            "{\"kind\":\"Status\",\"message\":\"closed\",\"code\":403}"))
                    : Optional.empty());
    var file = folder.resolve("closed.tar.gz");
    collect(
        options,
        Signals.NONE,
        file,
        "-p",
        "ci-postmortem",
        "-n",
        "shop",
        "-n",
        "closed",
        "-n",
        "shop");
    try (var bundle = BundleReader.open(file)) {
      assertEquals(
          new Outcome.Partial(Reason.FORBIDDEN, "1 of 2 namespaces are missing: closed"),
          outcome(bundle, "clusterDump/pods"));
      var pods = CollectFixture.text(bundle, "cluster-resources/pods/shop.json");
      assertEquals(1, pods.lines().filter(line -> line.contains("\"name\":\"web\",\"n")).count());
    }
  }

  @Test
  void nodesThatCannotBeListedAreMissingForTheReasonOfTheirList() throws Exception {
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().equals("/api/v1/nodes")
                    ? Optional.of(exchange -> exchange.sendError(500, "etcd is away"))
                    : Optional.empty());
    var file = folder.resolve("away.tar.gz");
    collect(options, Signals.NONE, file, "-p", "windows-cni");
    try (var bundle = BundleReader.open(file)) {
      assertEquals(
          new Outcome.Failed(Reason.INVALID_ANSWER, "unknown nodes of the cluster: etcd is away"),
          outcome(bundle, "nodeLogs/nodes"));
    }
  }

  @Test
  void healthOfAKubeletThatIsNotWellAndPathsBelowOthersAreKept() throws Exception {
    var profile = folder.resolve("health.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: health
        description: For a test
        collect:
          - kubelet: { endpoints: [healthz] }
          - apiPaths: { paths: [/metrics, /metrics/slis] }
        """);
    var sick = "[+]ping ok\n[-]syncloop failed: reason withheld\n";
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              if (request.path().endsWith("/proxy/healthz")) {
                return Optional.of(
                    exchange -> exchange.send(500, "text/plain; charset=utf-8", sick));
              }
              return request.path().startsWith("/metrics")
                  ? Optional.of(exchange -> exchange.send(200, "text/plain", request.path()))
                  : Optional.empty();
            });
    var file = folder.resolve("health.tar.gz");
    collect(options, Signals.NONE, file, "-p", profile.toString());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(sick, CollectFixture.text(bundle, "nodes/rig-1/kubelet/healthz.txt"));
      assertEquals("/metrics", CollectFixture.text(bundle, "api/metrics/(itself)"));
      assertEquals("/metrics/slis", CollectFixture.text(bundle, "api/metrics/slis"));
    }
  }

  @Test
  void forbiddenListIsOneItemOfABundle() throws Exception {
    var status =
        """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",\
        "message":"nodes is forbidden: User \\"u\\" cannot list resource \\"nodes\\"",\
        "reason":"Forbidden","details":{"kind":"nodes"},"code":403}\
        """;
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().equals("/api/v1/nodes")
                    ? Optional.of(exchange -> exchange.send(403, "application/json", status))
                    : Optional.empty());
    var file = folder.resolve("forbidden.tar.gz");
    var run = collect(options, Signals.NONE, file, "-p", "windows-cni");
    assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    assertTrue(run.err().contains("nodes is forbidden"), run.err());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(new Outcome.Collected(), outcome(bundle, "events/events"));
    }
  }

  @Test
  void nodeThatForbidsIsAskedForItsLogQueryOnce() throws Exception {
    var asked = new AtomicInteger();
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              if (!request.path().endsWith("/nodes/rig-1/proxy/logs/")) {
                return Optional.empty();
              }
              asked.incrementAndGet();
              return Optional.of(
                  exchange -> exchange.send(403, "text/plain", "Forbidden (user=x)\n"));
            });
    var file = folder.resolve("forbidden.tar.gz");
    collect(options, Signals.NONE, file, "-p", "windows-cni", "--node", "rig-1");
    assertEquals(1, asked.get());
    try (var bundle = BundleReader.open(file)) {
      assertEquals(
          new Outcome.Failed(Reason.FORBIDDEN, "Forbidden (user=x)"),
          outcome(bundle, "nodeLogs/rig-1/containerd"));
    }
  }

  @Test
  void resetInTheMiddleOfALogIsSaid() throws Exception {
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().endsWith("/pods/web/log")
                    ? Optional.of(exchange -> {
                      try (var out = exchange.chunks(200, "text/plain")) {
                        out.write("2026-11-21T03:00:00Z one\n".getBytes(StandardCharsets.UTF_8));
                        out.flush();
                        exchange.reset();
                      }
                    })
                    : Optional.empty());
    var file = folder.resolve("reset.tar.gz");
    collect(options, Signals.NONE, file, "-p", "ci-postmortem");
    try (var bundle = BundleReader.open(file)) {
      var outcome = outcome(bundle, "podLogs/rig-1/shop/web/app");
      assertTrue(outcome instanceof Outcome.Partial, outcome.toString());
      assertEquals(
          "2026-11-21T03:00:00Z one\n",
          CollectFixture.text(bundle, "cluster-resources/pods/logs/shop/web/app.log"));
    }
  }

  @Test
  void signalWithinTheFirstAnswerLeavesAValidBundle() throws Exception {
    var begun = new CountDownLatch(1);
    var stalled =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                Optional.of(exchange -> {
                  try (var out = exchange.chunks(200, "application/json")) {
                    out.write("{\"major\":".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    begun.countDown();
                    new CountDownLatch(1).await();
                  }
                }));
    var file = folder.resolve("interrupted.tar.gz");
    var run = collect(stalled, on(begun, "TERM"), file, "-p", "minimal");
    assertEquals(ExitCode.TERMINATED, run.code(), run.err());
    assertTrue(Files.exists(file));
  }

  /// The signal comes when the condition is met.
  private static Signals on(CountDownLatch condition, String signal) {
    return onFirst ->
        Thread.ofVirtual()
            .start(() -> {
              try {
                condition.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              onFirst.accept(signal);
            });
  }

  /// Answers nothing, and opens the latch.
  private static Optional<Handler> hang(CountDownLatch asked) {
    return Optional.of(_ -> {
      asked.countDown();
      new CountDownLatch(1).await();
    });
  }

  private Run collect(ReplayOptions options, Signals signals, Path file, String... args)
      throws IOException {
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, options)) {
      var kubeconfig = kubeconfig(folder, server.url().toString(), "", "token: abc");
      var words = new ArrayList<>(List.of("collect", "--kubeconfig", kubeconfig.toString()));
      words.addAll(List.of("-o", file.toString()));
      words.addAll(List.of(args));
      return Run.with(signals, words.toArray(String[]::new));
    }
  }
}
