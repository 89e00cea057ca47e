package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.QueryParameters;

/// The handler of `pods/<name>/log`, based on `pods/<namespace>/<pod>/<container>[.previous].log`.
final class PodLogs {
  private final ClusterData data;
  private final Instant now;

  PodLogs(ClusterData data, Instant now) {
    this.data = data;
    this.now = now;
  }

  void handle(Exchange exchange, String namespace, String name) throws IOException {
    var file = data.objects(ObjectKind.PODS);
    var slice = file.find(namespace, name);
    if (slice.isEmpty()) {
      ApiStatus.notFound(name, "pods", "").sendTo(exchange);
      return;
    }
    JsonNode pod;
    try (var reader = file.reader()) {
      pod = data.tree(reader.read(slice.get()));
    }
    var query = exchange.request().query();
    var container = container(pod, name, query.text("container"));
    if (!container.problem().isEmpty()) {
      ApiStatus.badRequest(container.problem()).sendTo(exchange);
      return;
    }
    var nodeName = pod.at("/spec/nodeName").asText();
    if (nodeName.isEmpty()) {
      exchange.sendEmpty(204);
      return;
    }
    var node = data.node(nodeName);
    if (node.isEmpty()) {
      ApiStatus.notFound(nodeName, "nodes", "").sendTo(exchange);
      return;
    }
    var unreachable = node.get().unreachable();
    if (unreachable.isPresent()) {
      var sent = new TreeMap<>(query.values());
      sent.remove("container");
      var encoded = new QueryParameters(sent).encoded();
      ApiStatus.internal(
              "Get \"https://%s/containerLogs/%s/%s/%s%s\": %s"
                  .formatted(
                      node.get().address(),
                      namespace,
                      name,
                      container.name(),
                      encoded.isEmpty() ? "" : "?" + encoded,
                      unreachable.get()))
          .sendTo(exchange);
      return;
    }
    send(exchange, pod, namespace, name, container.name());
  }

  private void send(
      Exchange exchange, JsonNode pod, String namespace, String name, String container)
      throws IOException {
    var query = exchange.request().query();
    boolean previous = query.isTrue("previous");
    var status = status(pod, container);
    var waiting = waiting(status, name, container, previous);
    if (waiting.isPresent()) {
      ApiStatus.badRequest(waiting.get()).sendTo(exchange);
      return;
    }
    ContainerLogFile.Selection selection;
    try {
      selection = selection(query);
    } catch (DateTimeException | IllegalArgumentException e) {
      ApiStatus.badRequest(String.valueOf(e.getMessage())).sendTo(exchange);
      return;
    }
    var path =
        "pods/%s/%s/%s%s.log".formatted(namespace, name, container, previous ? ".previous" : "");
    try (var out = exchange.chunks(200, "text/plain")) {
      if (!data.folder().has(path)) {
        // The API server has sent its 200 by the time the kubelet finds the file gone.
        out.write(
            ("unable to retrieve container logs for " + containerId(status, previous))
                .getBytes(StandardCharsets.UTF_8));
        return;
      }
      new ContainerLogFile(data.folder(), path).write(out, selection);
    }
  }

  private ContainerLogFile.Selection selection(QueryParameters query) {
    if (query.text("sinceTime").isPresent() && query.text("sinceSeconds").isPresent()) {
      throw new IllegalArgumentException(
          "PodLogOptions \"\" is invalid: : Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified");
    }
    var since =
        query
            .text("sinceTime")
            .map(text -> OffsetDateTime.parse(text).toInstant())
            .or(() ->
                query.text("sinceSeconds").map(text -> now.minusSeconds(Long.parseLong(text))));
    return new ContainerLogFile.Selection(
        since,
        query.text("tailLines").map(Integer::valueOf),
        query.text("limitBytes").map(Long::valueOf),
        query.isTrue("timestamps"));
  }

  /// The container to read, or what is wrong with the question.
  private record Choice(String name, String problem) {}

  private static Choice container(JsonNode pod, String podName, Optional<String> asked) {
    var regular = names(pod.at("/spec/containers"));
    var init = names(pod.at("/spec/initContainers"));
    if (asked.isPresent()) {
      var all = new ArrayList<>(regular);
      all.addAll(init);
      all.addAll(names(pod.at("/spec/ephemeralContainers")));
      return all.contains(asked.get())
          ? new Choice(asked.get(), "")
          : new Choice("", "container %s is not valid for pod %s".formatted(asked.get(), podName));
    }
    if (regular.size() == 1) {
      return new Choice(regular.getFirst(), "");
    }
    return new Choice(
        "",
        "a container name must be specified for pod %s, choose one of: [%s]%s"
            .formatted(
                podName,
                String.join(" ", regular),
                init.isEmpty()
                    ? ""
                    : " or one of the init containers: [" + String.join(" ", init) + "]"));
  }

  private static List<String> names(JsonNode containers) {
    var names = new ArrayList<String>();
    containers.forEach(container -> names.add(container.path("name").asText()));
    return names;
  }

  private static JsonNode status(JsonNode pod, String container) {
    for (String list :
        List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")) {
      for (var status : pod.path("status").path(list)) {
        if (status.path("name").asText().equals(container)) {
          return status;
        }
      }
    }
    return MissingNode.getInstance();
  }

  /// The reason why the kubelet has no log, if it has none.
  private static Optional<String> waiting(
      JsonNode status, String pod, String container, boolean previous) {
    if (status.isMissingNode()) {
      return Optional.of(
          "container \"%s\" in pod \"%s\" is not available".formatted(container, pod));
    }
    boolean terminatedBefore = status.at("/lastState/terminated").isObject();
    if (previous) {
      return terminatedBefore
          ? Optional.empty()
          : Optional.of(
              "previous terminated container \"%s\" in pod \"%s\" not found"
                  .formatted(container, pod));
    }
    if (!status.at("/state/waiting").isObject() || terminatedBefore) {
      return Optional.empty();
    }
    var reason = status.at("/state/waiting/reason").asText();
    var text =
        switch (reason) {
          case "ErrImagePull" -> "image can't be pulled";
          case "ImagePullBackOff" -> "trying and failing to pull image";
          default -> reason;
        };
    return Optional.of(
        "container \"%s\" in pod \"%s\" is waiting to start: %s".formatted(container, pod, text));
  }

  private static String containerId(JsonNode status, boolean previous) {
    return previous
        ? status.at("/lastState/terminated/containerID").asText()
        : status.path("containerID").asText();
  }
}
