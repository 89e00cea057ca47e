package dev.diagbundle.serve;

import module java.base;

import dev.diagbundle.model.Ticker;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;

/// The router from a request path to its handler, as in the API server.
final class ApiRouter implements Handler {
  private static final Map<String, String> FIXED_TYPES =
      Map.of(
          ".json", "application/json",
          ".txt", "text/plain; charset=utf-8",
          ".prom", "text/plain; version=0.0.4; charset=utf-8; escaping=underscores");

  private final ClusterData data;
  private final ObjectRequests objects;
  private final PodLogs podLogs;
  private final NodeProxy nodeProxy;

  ApiRouter(ClusterData data, Instant now, Ticker ticker) {
    this.data = data;
    this.objects = new ObjectRequests(data);
    this.podLogs = new PodLogs(data, now);
    this.nodeProxy = new NodeProxy(data, now, ticker);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    var segments = exchange.request().segments();
    if (AccessReviews.isReview(exchange.request())) {
      // Without rules everything is allowed.
      AccessReviews.answer(exchange, right -> true);
      return;
    }
    if (!exchange.request().method().equals("GET")) {
      ApiStatus.methodNotAllowed().sendTo(exchange);
      return;
    }
    if (sendFixed(exchange, String.join("/", segments))) {
      return;
    }
    if (segments.size() > 2 && segments.getFirst().equals("api")) {
      resource(exchange, "", segments.get(1), segments.subList(2, segments.size()));
    } else if (segments.size() > 3 && segments.getFirst().equals("apis")) {
      resource(exchange, segments.get(1), segments.get(2), segments.subList(3, segments.size()));
    } else {
      exchange.sendError(404, "404 page not found");
    }
  }

  /// Answers that are files as they are: discovery, version, health, metrics.
  private boolean sendFixed(Exchange exchange, String path) throws IOException {
    boolean health = path.equals("livez") || path.equals("readyz") || path.equals("healthz");
    if (health && !exchange.request().query().has("verbose")) {
      exchange.header("X-Content-Type-Options", "nosniff");
      exchange.send(200, "text/plain; charset=utf-8", "ok");
      return true;
    }
    for (var type : FIXED_TYPES.entrySet()) {
      var file = "answers/" + path + type.getKey();
      if (data.folder().has(file)) {
        if (health) {
          exchange.header("X-Content-Type-Options", "nosniff");
        }
        try (var in = data.folder().open(file);
            var out = exchange.stream(200, type.getValue())) {
          in.transferTo(out);
        }
        return true;
      }
    }
    return false;
  }

  private void resource(Exchange exchange, String group, String version, List<String> path)
      throws IOException {
    var discovery =
        group.isEmpty()
            ? "answers/api/" + version + ".json"
            : "answers/apis/" + group + "/" + version + ".json";
    if (!data.folder().has(discovery)) {
      exchange.sendError(404, "404 page not found");
      return;
    }
    boolean inNamespace = path.getFirst().equals("namespaces") && path.size() > 2;
    var namespace = inNamespace ? path.get(1) : "";
    var rest = inNamespace ? path.subList(2, path.size()) : path;
    var kind = kind(discovery, group, version, rest.getFirst());
    if (kind.isEmpty() && inNamespace && path.size() == 3) {
      // Not a resource in the namespace, but a subresource of the namespace itself.
      namespace = "";
      rest = path;
      kind = kind(discovery, group, version, "namespaces");
    }
    if (kind.isEmpty() || (!namespace.isEmpty() && !kind.get().namespaced())) {
      ApiStatus.unknownResource().sendTo(exchange);
      return;
    }
    resource(exchange, kind.get(), namespace, rest);
  }

  private void resource(Exchange exchange, ObjectKind kind, String namespace, List<String> rest)
      throws IOException {
    if (rest.size() == 1) {
      objects.list(exchange, kind, namespace);
      return;
    }
    var name = rest.get(1);
    var subresource = rest.size() > 2 ? rest.get(2) : "";
    if (kind.equals(ObjectKind.NODES) && subresource.equals("proxy")) {
      nodeProxy.handle(exchange, name, rest.subList(3, rest.size()));
    } else if (kind.namespaced() == namespace.isEmpty() || rest.size() > 3) {
      ApiStatus.unknownResource().sendTo(exchange);
    } else if (kind.equals(ObjectKind.PODS) && subresource.equals("log")) {
      podLogs.handle(exchange, namespace, name);
    } else if (subresource.isEmpty() || subresource.equals("status")) {
      objects.get(exchange, kind, namespace, name);
    } else {
      ApiStatus.unknownResource().sendTo(exchange);
    }
  }

  private Optional<ObjectKind> kind(String discovery, String group, String version, String plural)
      throws IOException {
    for (var resource : data.tree(discovery).path("resources")) {
      if (resource.path("name").asText().equals(plural)) {
        return Optional.of(
            new ObjectKind(
                group,
                version,
                plural,
                resource.path("kind").asText(),
                resource.path("namespaced").asBoolean()));
      }
    }
    return Optional.empty();
  }
}
