package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Exchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole run whose logs are many times larger than `--max-size`.
final class CollectImportanceTest {
  private static final long MAX = 1_000_000;
  private static final int LINES = 30_000;
  private static final int ERROR = 11_000;
  private static final int NEWEST_ERROR = 19_000;

  @TempDir private Path folder = Path.of("");
  private final AtomicLong sent = new AtomicLong();

  @Test
  void smallBundleOfLongLogsHoldsDescriptionsEventsAndTheSurroundingsOfErrors() throws Exception {
    var file = collect();
    assertTrue(Files.size(file) <= MAX, "size is " + Files.size(file));
    assertTrue(Files.size(file) > MAX / 2, "size is " + Files.size(file));
    assertTrue(sent.get() > 20 * MAX, "sent " + sent);
    assertEquals(ExitCode.OK, Run.of("verify", file.toString()).code());
    try (var bundle = BundleReader.open(file)) {
      var paths = bundle.manifest().entries().stream().map(entry -> entry.path().value()).toList();
      assertTrue(paths.contains("events.txt"));
      assertTrue(paths.stream().filter(path -> path.startsWith("describe/")).count() > 8);
      assertTrue(paths.contains("nodes/rig-1/describe.txt"));
      assertTrue(paths.contains("nodes/rig-1/services/kubelet.log"));
      int logs = 0;
      for (Item item : bundle.manifest().items()) {
        if (item.kind() == ItemKind.POD_LOGS && item.outcome().why().isPresent()) {
          logs += assertCut(bundle, item) ? 1 : 0;
        } else if (item.kind() != ItemKind.POD_LOGS) {
          assertFalse(
              item.outcome().why().filter(Reason.LIMIT::equals).isPresent(), item.toString());
        }
      }
      assertTrue(logs > 10, "logs: " + logs);
    }
  }

  /// Whether it was cut; then its words and its text must agree.
  private static boolean assertCut(BundleReader bundle, Item item) throws IOException {
    if (!(item.outcome() instanceof Outcome.Partial(Reason reason, String words))
        || reason != Reason.LIMIT) {
      return false;
    }
    assertTrue(
        words.matches(
            "truncated because of the bundle's limit of 1\\.0.MB: [0-9,]+ of 30,000 lines omitted"
                + " \\([0-9,]+ of [0-9,]+ bytes, 2026-11-20T16:00:00Z to 2026-11-\\S+Z\\); the"
                + " newest lines and those around the first and newest error are kept"),
        words);
    var entry =
        bundle.manifest().entries().stream()
            .filter(one -> one.item().equals(item.id()))
            .findFirst()
            .orElseThrow();
    var text = text(bundle, entry.path().value());
    assertTrue(text.contains(" ERROR the first one "), words);
    assertTrue(text.contains("line " + (ERROR - 1) + " "), words);
    assertTrue(text.contains(" ERROR the newest one "), words);
    assertTrue(text.contains("line " + (NEWEST_ERROR - 1) + " "), words);
    assertTrue(text.contains("line " + (NEWEST_ERROR + 1) + " "), words);
    assertFalse(text.contains(" ERROR one of many "), words);
    assertTrue(text.contains("line " + (LINES - 1) + " "), words);
    return true;
  }

  private Path collect() throws IOException {
    var profile = folder.resolve("budget.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: budget
        description: For a test
        window: 48h
        collect:
          - podLogs: {}
          - nodeLogs: { services: [kubelet] }
          - clusterDump: { resources: [pods, deployments.apps, configmaps] }
          - events: {}
          - nodeDescribe: {}
          - describe: { pods: all, workloads: unhealthy }
        """);
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().endsWith("/log") ? Optional.of(this::sendLog) : Optional.empty());
    var file = folder.resolve("small.tar.gz");
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, options)) {
      var kubeconfig = kubeconfig(folder, server.url().toString(), "", "token: abc");
      var run =
          Run.of(
              "collect",
              "--kubeconfig",
              kubeconfig.toString(),
              "-p",
              profile.toString(),
              "--from",
              "2026-11-20T03:00:00Z",
              "--to",
              "2026-11-21T03:15:04Z",
              "--max-size",
              "1MB",
              "-o",
              file.toString());
      assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
    }
    return file;
  }

  private void sendLog(Exchange exchange) throws IOException {
    var begin = Instant.parse("2026-11-20T16:00:00Z");
    var random = new Random(7);
    try (var out = new BufferedOutputStream(exchange.chunks(200, "text/plain"), 1 << 16)) {
      for (int i = 0; i < LINES; i++) {
        var words =
            switch (i) {
              case ERROR -> "ERROR the first one ";
              case ERROR + 2_000, ERROR + 3_000 -> "ERROR one of many ";
              case NEWEST_ERROR -> "ERROR the newest one ";
              default -> "all is well ";
            };
        var noise = Long.toString(random.nextLong() >>> 1, 36);
        var line = begin.plusSeconds(i) + " " + words + "line " + i + " " + noise + noise + "\n";
        out.write(line.getBytes(StandardCharsets.UTF_8));
        sent.addAndGet(line.length());
      }
    }
  }
}
