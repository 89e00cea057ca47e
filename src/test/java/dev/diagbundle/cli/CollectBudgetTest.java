package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.reason;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `--max-size` does to a run.
final class CollectBudgetTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void logLargerThanTheBundleIsOverBudgetAndItsNodeGoesOn() throws Exception {
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().endsWith("/pods/web/log")
                    ? Optional.of(CollectBudgetTest::sendNoise)
                    : Optional.empty());
    var file = collect(options, "-p", "ci-postmortem");
    try (var bundle = BundleReader.open(file)) {
      var log = outcome(bundle, "podLogs/rig-1/shop/web/app");
      assertEquals(Reason.LIMIT, reason(log), log.toString());
      assertTrue(
          bundle.manifest().items().stream()
              .filter(item -> item.node().equals("rig-1"))
              .map(item -> item.outcome())
              .noneMatch(outcome ->
                  outcome instanceof Outcome.Failed(Reason reason, String _)
                      && reason == Reason.UNREACHABLE));
    }
  }

  @Test
  void listLargerThanTheBundleIsOverBudget() throws Exception {
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().equals("/api/v1/configmaps")
                    ? Optional.of(CollectBudgetTest::sendMaps)
                    : Optional.empty());
    var file = collect(options, "-p", profile("clusterDump: { resources: [configmaps] }"));
    try (var bundle = BundleReader.open(file)) {
      var list = outcome(bundle, "clusterDump/configmaps");
      assertEquals(Reason.LIMIT, reason(list), list.toString());
    }
  }

  @Test
  void listOfRequestsThatDoesNotFitIsAnItemOfABundle() throws Exception {
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request ->
                request.path().equals("/api/v1/nodes")
                    ? Optional.of(CollectBudgetTest::sendNodes)
                    : Optional.empty());
    var file =
        collect(
            options, "-p", profile("kubelet: { endpoints: [configz, healthz, metrics, pods] }"));
    try (var bundle = BundleReader.open(file)) {
      assertEquals(Reason.LIMIT, reason(outcome(bundle, "run/requests.jsonl")));
    }
  }

  private static void sendNodes(Exchange exchange) throws IOException {
    var nodes = new ArrayList<String>();
    for (int i = 0; i < 2_500; i++) {
      var name = String.format("%016x%016x", new Random(i).nextLong(), new Random(-i).nextLong());
      nodes.add("{\"metadata\":{\"name\":\"" + name + "\"}}");
    }
    exchange.send(
        200,
        "application/json",
        "{\"kind\":\"NodeList\",\"metadata\":{},\"items\":[" + String.join(",", nodes) + "]}");
  }

  private static void sendNoise(Exchange exchange) throws IOException {
    try (var out = exchange.chunks(200, "text/plain")) {
      for (int i = 0; i < 4_000; i++) {
        out.write(
            ("2026-11-21T03:00:00Z " + noise(i, 200) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static void sendMaps(Exchange exchange) throws IOException {
    var maps = new ArrayList<String>();
    for (int i = 0; i < 400; i++) {
      maps.add(
          "{\"metadata\":{\"namespace\":\"a\",\"name\":\"m%04d\"},\"data\":{\"x\":\"%s\"}}"
              .formatted(i, noise(i, 2_000)));
    }
    exchange.send(
        200,
        "application/json",
        "{\"kind\":\"ConfigMapList\",\"metadata\":{},\"items\":[" + String.join(",", maps) + "]}");
  }

  /// Letters that hardly compress.
  private static String noise(int seed, int length) {
    return new Random(seed)
        .ints(length, 0, 64)
        .collect(
            StringBuilder::new, (text, n) -> text.append((char) ('0' + n)), StringBuilder::append)
        .toString()
        .replace('\\', '-');
  }

  private String profile(String item) throws IOException {
    var file = folder.resolve("budget.yaml");
    Files.writeString(
        file,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: budget
        description: For a test
        collect:
          - %s
        """
            .formatted(item));
    return file.toString();
  }

  private Path collect(ReplayOptions options, String... args) throws IOException {
    var file = folder.resolve("small.tar.gz");
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, options)) {
      var kubeconfig = kubeconfig(folder, server.url().toString(), "", "token: abc");
      var words = new ArrayList<>(List.of("collect", "--kubeconfig", kubeconfig.toString()));
      words.addAll(List.of("-o", file.toString(), "--max-size", "256KiB"));
      words.addAll(List.of(args));
      var run = Run.of(words.toArray(String[]::new));
      assertEquals(ExitCode.INCOMPLETE, run.code(), run.err());
      assertTrue(Files.size(file) <= 256 << 10);
    }
    return file;
  }
}
