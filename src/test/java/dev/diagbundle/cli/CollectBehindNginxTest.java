package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.testing.Nginx;
import dev.diagbundle.testing.TestPki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs against a real front of an API server, with HTTP/2 offered, TLS and client certificates: by
/// a process of its own with the launcher's heap on two cores. The full size, fifty megabytes a
/// journal, takes `-Dnginx.bytes=50000000`.
@Tag("heap")
@Timeout(600)
final class CollectBehindNginxTest {
  private static final int NODES = 20;
  private static final long BYTES = Long.getLong("nginx.bytes", 2_500_000L);
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");

  /// What the heap may hold after a collection, of 96 MB: the rest is for young objects.
  private static final int MAX_LIVE_MEGABYTES = 64;

  private static final String PROFILE =
      """
      apiVersion: diagbundle.dev/v1
      kind: Profile
      name: journals
      window: 1h
      collect:
        - nodeLogs: { services: [kubelet] }
      limits: { item: 1GiB, bundle: 20GiB }
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void journalsOfTwentyNodesAreReadAtOnce() throws Exception {
    try (var front = new Front()) {
      front.collectsAllJournals(front.nginx.port(), "20");
    }
  }

  @Test
  void journalsAreReadOnWhereTheirConnectionsWereCut() throws Exception {
    try (var front = new Front();
        var relay = CuttingRelay.afterBytes(front.nginx.port(), BYTES / 2, 10)) {
      front.collectsAllJournals(relay.port(), "64");
      assertEquals(10, relay.cuts());
    }
  }

  @Test
  void connectionsEndAfterAFewRequestsAndAFewIdleMoments() throws Exception {
    var direct = demoOutcomes(Optional.empty());
    var others =
        new TreeMap<>(demoOutcomes(Optional.of("keepalive_requests 3; keepalive_timeout 20ms;")));
    others.entrySet().removeAll(direct.entrySet());
    assertEquals(Map.of(), others);
  }

  /// The outcomes of a run over the demonstration cluster.
  ///
  /// @param directives of nginx; empty for a direct connection
  private Map<String, Outcome> demoOutcomes(Optional<String> directives) throws Exception {
    var place = Files.createTempDirectory(folder, "demo");
    var file = place.resolve("b.tar.gz");
    try (var data = ClusterData.demo();
        var server = ReplayServer.start(data, ReplayOptions.defaults())) {
      if (directives.isEmpty()) {
        collectDemo(kubeconfig(place, server.url().toString(), "", "token: abc"), file);
      } else {
        var pki = new Pki();
        try (var nginx =
            Nginx.start(
                place, pki.authority, pki.server, server.url().getPort(), directives.get())) {
          collectDemo(pki.kubeconfig(place, nginx.port()), file);
        }
      }
    }
    try (var bundle = BundleReader.open(file)) {
      var outcomes = new TreeMap<String, Outcome>();
      bundle.manifest().items().forEach(item -> outcomes.put(item.id(), item.outcome()));
      return outcomes;
    }
  }

  private static void collectDemo(Path kubeconfig, Path file) {
    var run =
        Run.of(
            "collect",
            "-p",
            "minimal",
            "--kubeconfig",
            kubeconfig.toString(),
            "-o",
            file.toString());
    assertTrue(Files.exists(file), run.err());
  }

  private static final class Pki {
    private final TestPki.Issued authority;
    private final TestPki.Issued server;
    private final TestPki.Issued client;

    Pki() throws Exception {
      authority = TestPki.authority("ca");
      server = TestPki.issue(authority, "server", "ip:127.0.0.1", "*.internal");
      client = TestPki.issue(authority, "tester");
    }

    Path kubeconfig(Path folder, int port) throws Exception {
      return CollectFixture.kubeconfig(
          folder,
          "https://127.0.0.1:" + port + "\n    tls-server-name: my_host.internal",
          base64(authority.pem().text()),
          "client-certificate-data: "
              + base64(client.pem().text())
              + "\n    client-key-data: "
              + base64(client.key().text()));
    }

    private static String base64(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /// Nodes with long journals behind nginx.
  private final class Front implements AutoCloseable {
    private final Pki pki = new Pki();
    private final ClusterData data;
    private final ReplayServer server;
    private final Nginx nginx;
    private final LongJournal journal;

    Front() throws Exception {
      data = ClusterData.of(ManyNodes.write(folder.resolve("cluster"), NODES));
      journal = new LongJournal(data.time(), BYTES);
      server =
          ReplayServer.start(
              data,
              ReplayOptions.defaults()
                  .withInterceptor(request ->
                      request.path().endsWith("/proxy/logs/")
                          ? Optional.of(exchange -> journal.answer(exchange))
                          : Optional.empty()));
      nginx = Nginx.start(folder, pki.authority, pki.server, server.url().getPort(), "");
    }

    void collectsAllJournals(int port, String concurrency) throws Exception {
      var file = folder.resolve("b.tar.gz");
      var output = folder.resolve("output");
      var heap = folder.resolve("gc.log");
      var command = new ArrayList<String>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // As the launcher has them.
      command.addAll(
          List.of(
              "-XX:+UseSerialGC",
              "-Xms24m",
              "-Xmx96m",
              "-XX:MaxNewSize=12m",
              "-Xss512k",
              "-XX:ActiveProcessorCount=2",
              "-Xlog:gc:file=" + heap));
      command.addAll(
          List.of("-cp", System.getProperty("java.class.path"), "dev.diagbundle.cli.Main"));
      command.addAll(
          List.of(
              "collect",
              "-q",
              "-p",
              Files.writeString(folder.resolve("journals.yaml"), PROFILE).toString(),
              "--kubeconfig",
              pki.kubeconfig(folder, port).toString(),
              "--concurrency",
              concurrency,
              "-o",
              file.toString()));
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertTrue(process.waitFor(9, TimeUnit.MINUTES), "still running");
      assertEquals(0, process.exitValue(), () -> Run.of("ls", file.toString(), "--failed").out());
      assertComplete(file);
      int live = maxLive(heap);
      assertTrue(live <= MAX_LIVE_MEGABYTES, "live megabytes: " + live);
      assertEquals("HTTP/1.1", String.join(" ", protocols()));
    }

    private void assertComplete(Path file) throws Exception {
      try (var bundle = BundleReader.open(file)) {
        var logs =
            bundle.manifest().items().stream()
                .filter(item -> item.id().startsWith("nodeLogs/"))
                .toList();
        assertEquals(
            IntStream.rangeClosed(1, NODES)
                .mapToObj(number -> "nodeLogs/" + ManyNodes.name(number) + "/kubelet")
                .toList(),
            logs.stream().map(Item::id).sorted().toList());
        for (var item : logs) {
          assertEquals(new Outcome.Collected(), item.outcome(), item.id());
        }
        for (var entry : bundle.manifest().entries()) {
          if (entry.path().value().endsWith("/kubelet.log")) {
            assertEquals(journal.bytes(), entry.bytes(), entry.path().value());
          }
        }
      }
    }

    private List<String> protocols() throws Exception {
      var protocols = new HashSet<String>();
      for (var line : Files.readAllLines(folder.resolve("requests.log"))) {
        protocols.add(line.split(" ", -1)[0]);
      }
      return protocols.stream().sorted().toList();
    }

    private static int maxLive(Path log) throws Exception {
      int most = 0;
      for (var line : Files.readAllLines(log)) {
        var sizes = COLLECTION.matcher(line);
        if (sizes.find()) {
          most = Math.max(most, Integer.parseInt(sizes.group(2)));
        }
      }
      return most;
    }

    @Override
    public void close() throws IOException {
      nginx.close();
      server.close();
      data.close();
    }
  }
}
