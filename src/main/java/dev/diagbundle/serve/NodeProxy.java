package dev.diagbundle.serve;

import module java.base;

import dev.diagbundle.model.Ticker;
import dev.diagbundle.serve.http.Exchange;

/// The handler of `nodes/<name>/proxy/…`: the kubelet's responses through the API server.
final class NodeProxy {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.of(
          ".json", "application/json",
          ".txt", TEXT,
          ".prom", "text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
  private static final String HEALTH =
      "[+]ping ok\n[+]log ok\n[+]syncloop ok\nhealthz check passed\n";

  private final ClusterData data;
  private final KubeletLogs logs;
  private final Instant now;

  NodeProxy(ClusterData data, Instant now, Ticker ticker) {
    this.data = data;
    this.logs = new KubeletLogs(data, ticker);
    this.now = now;
  }

  void handle(Exchange exchange, String name, List<String> path) throws IOException {
    var node = data.node(name);
    if (node.isEmpty()) {
      ApiStatus.notFound(name, "nodes", "").sendTo(exchange);
      return;
    }
    var unreachable = node.get().unreachable();
    if (unreachable.isPresent()) {
      ApiStatus.serviceUnavailable(unreachable.get()).sendTo(exchange);
      return;
    }
    exchange.skewClock(node.get().skew());
    if (path.isEmpty() || !path.getFirst().equals("logs")) {
      endpoint(exchange, node.get(), String.join("/", path));
    } else if (path.size() == 1) {
      exchange.header("Location", exchange.request().path() + "/").sendEmpty(307);
    } else {
      var file = String.join("/", path.subList(1, path.size()));
      logs.handle(exchange, node.get(), node.get().now(now), file);
    }
  }

  private void endpoint(Exchange exchange, NodeData node, String path) throws IOException {
    var endpoint = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean health = endpoint.equals("healthz");
    if (health || endpoint.equals("configz")) {
      exchange.header("X-Content-Type-Options", "nosniff");
    }
    if (health && exchange.request().query().has("verbose")) {
      exchange.send(200, TEXT, HEALTH);
      return;
    }
    for (var type : TYPES.entrySet()) {
      var file = node.folder() + "kubelet/" + endpoint + type.getKey();
      if (data.folder().has(file)) {
        try (var in = data.folder().open(file);
            var out = exchange.stream(200, type.getValue())) {
          in.transferTo(out);
        }
        return;
      }
    }
    exchange.sendError(404, "404 page not found");
  }
}
