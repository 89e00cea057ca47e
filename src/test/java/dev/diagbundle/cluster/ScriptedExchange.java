package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.testing.TestKubeconfig;
import dev.diagbundle.testing.VirtualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// A server that answers by script, asked with the real client, whose waits are noted instead of
/// waited for.
final class ScriptedExchange {
  static final String QUERY = "/api/v1/nodes/rig-1/proxy/logs/?query=kubelet";
  static final String CONFIG = "/api/v1/nodes/rig-1/proxy/configz";
  static final Instant NOW = Instant.parse("2026-11-21T03:14:36Z");

  final VirtualTicker ticker = new VirtualTicker();
  final List<Duration> waits = ticker.sleeps;
  final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
  final List<RequestRecord> records = Collections.synchronizedList(new ArrayList<>());
  final List<Duration> leftBehind = Collections.synchronizedList(new ArrayList<>());

  RequestFailedException refusal(String path, Handler handler) throws Exception {
    return assertThrows(RequestFailedException.class, () -> answers(path, handler));
  }

  /// What a call comes to when the server answers in turn; the last answer is given again.
  Response answers(String path, Handler... handlers) throws Exception {
    try (var data = ClusterData.demo();
        var server = serving(data, handlers);
        var cluster =
            OkHttpCluster.open(
                ClusterConnection.anonymous("test", server.url().toString()),
                Clock.systemUTC(),
                "test",
                listener(),
                manners())) {
      return fetched(cluster, path);
    }
  }

  /// As [#answers], with a credential plugin that gives `t1`, `t2` and so on.
  Response withPlugin(Path folder, String path, Handler handler) throws Exception {
    var plugin = folder.resolve("plugin");
    Files.writeString(
        plugin,
        """
        #!/bin/sh
        echo x >> "$0.count"
        echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",\
        "status":{"token":"t'$(wc -l < "$0.count" | tr -d ' ')'"}}'
        """);
    assertTrue(plugin.toFile().setExecutable(true));
    try (var data = ClusterData.demo();
        var server = serving(data, handler)) {
      var kubeconfig = folder.resolve("kubeconfig");
      Files.writeString(
          kubeconfig,
          server
              .kubeconfig()
              .replace(
                  "user: {}",
                  "user: { exec: { apiVersion: client.authentication.k8s.io/v1, command: "
                      + plugin
                      + ", interactiveMode: Never } }"));
      var connection = TestKubeconfig.connection(kubeconfig, System.getenv(), manners().ticker());
      try (var cluster =
          OkHttpCluster.open(connection, Clock.systemUTC(), "test", listener(), manners())) {
        return cluster.get(Request.raw(path, new RequestOrigin("item", "rig-1", 2)));
      }
    }
  }

  void fromPort(int port) throws Exception {
    try (var cluster =
        OkHttpCluster.open(
            ClusterConnection.anonymous("test", "http://127.0.0.1:" + port),
            Clock.systemUTC(),
            "test",
            listener(),
            manners())) {
      fetched(cluster, QUERY).close();
    }
  }

  private static Response fetched(Cluster cluster, String path) throws Exception {
    return cluster.fetch(Request.raw(path, new RequestOrigin("item", "rig-1", 2)));
  }

  private ReplayServer serving(ClusterData data, Handler... handlers) throws IOException {
    var left = new ArrayList<>(List.of(handlers));
    return ReplayServer.start(
        data,
        ReplayOptions.defaults()
            .withNow(NOW)
            .withInterceptor(request -> {
              tokens.add(request.header("Authorization").orElse(""));
              synchronized (left) {
                return Optional.of(left.size() > 1 ? left.removeFirst() : left.getFirst());
              }
            }));
  }

  private ClientOptions manners() {
    return ClientOptions.USUAL
        .withConnecting(Duration.ofMillis(300))
        .withSilence(Duration.ofSeconds(2))
        .withTicker(ticker);
  }

  private RequestRecord.Listener listener() {
    return new RequestRecord.Listener() {
      @Override
      public void on(RequestRecord request) {
        records.add(request);
      }

      @Override
      public void leftBehind(RequestOrigin caller, Duration atMost) {
        leftBehind.add(atMost);
      }
    };
  }

  /// Each wait is as long as said, or up to a quarter longer.
  void assertWaits(int... seconds) {
    assertEquals(seconds.length, waits.size(), waits.toString());
    for (int i = 0; i < seconds.length; i++) {
      long millis = waits.get(i).toMillis();
      assertTrue(millis >= seconds[i] * 1000L && millis <= seconds[i] * 1250L, "waits: " + waits);
    }
  }

  static void status(Exchange exchange, int code, String message) throws IOException {
    exchange.send(
        code,
        "application/json",
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\""
            + message
            + "\",\"reason\":\"ServiceUnavailable\",\"code\":"
            + code
            + "}\n");
  }

  static void unauthorized(Exchange exchange) throws IOException {
    status(exchange, 401, "Unauthorized");
  }

  static void ok(Exchange exchange, String json) throws IOException {
    exchange.send(200, "application/json", json);
  }

  static String tokenOf(Exchange exchange) {
    return exchange.request().header("Authorization").orElse("");
  }
}
