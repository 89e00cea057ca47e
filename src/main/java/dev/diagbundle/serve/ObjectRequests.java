package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.QueryParameters;
import java.util.Collection;

/// The handler of `get` and `list` of API objects.
final class ObjectRequests {
  private final ClusterData data;

  ObjectRequests(ClusterData data) {
    this.data = data;
  }

  /// Answers one object.
  void get(Exchange exchange, ObjectKind kind, String namespace, String name) throws IOException {
    var file = data.objects(kind);
    var slice = file.find(namespace, name);
    if (slice.isEmpty()) {
      ApiStatus.notFound(name, kind.plural(), kind.group()).sendTo(exchange);
      return;
    }
    try (var reader = file.reader();
        var out = exchange.stream(200, "application/json")) {
      // A list's items go without kind and version, an object alone has them.
      out.write(
          "{\"kind\":\"%s\",\"apiVersion\":\"%s\","
              .formatted(kind.kind(), kind.apiVersion())
              .getBytes(StandardCharsets.UTF_8));
      var bytes = shown(kind, reader.read(slice.get()));
      out.write(bytes, 1, bytes.length - 1);
      out.write('\n');
    }
  }

  /// Answers a list, a page of it, or what selectors leave of it. An empty namespace means all.
  void list(Exchange exchange, ObjectKind kind, String namespace) throws IOException {
    var query = exchange.request().query();
    var file = data.objects(kind);
    // A token for one namespace holds only the name, as its keys are relative to the namespace.
    var prefix = namespace.isEmpty() ? "" : namespace + "/";
    Optional<Predicate<JsonNode>> selector;
    long limit;
    String after;
    try {
      selector = selector(kind, query);
      limit = Long.parseLong(query.text("limit").orElse("0"));
      after = query.text("continue").map(token -> prefix + ContinueToken.decode(token)).orElse("");
    } catch (IllegalArgumentException e) {
      ApiStatus.badRequest(String.valueOf(e.getMessage())).sendTo(exchange);
      return;
    }
    var slices = file.list(namespace, after);
    if (limit > 0) {
      try (var reader = file.reader()) {
        slices = firstMatches(slices, limit + 1, selector, reader);
      }
    }
    boolean more = limit > 0 && slices.size() > limit;
    var page = more ? slices.subList(0, (int) limit) : slices;
    var metadata = JsonNodeFactory.instance.objectNode();
    metadata.put("resourceVersion", file.resourceVersion());
    if (more) {
      var last = page.getLast().key();
      metadata.put(
          "continue",
          ContinueToken.encode(file.resourceVersion(), last.substring(prefix.length())));
      if (selector.isEmpty()) {
        metadata.put("remainingItemCount", file.list(namespace, last).size());
      }
    }
    try (var reader = file.reader();
        var out = exchange.stream(200, "application/json")) {
      send(out, kind, metadata, page, limit > 0 ? Optional.empty() : selector, reader);
    }
  }

  private void send(
      OutputStream out,
      ObjectKind kind,
      ObjectNode metadata,
      Collection<ObjectFile.Slice> slices,
      Optional<Predicate<JsonNode>> selector,
      ObjectFile.Reader reader)
      throws IOException {
    out.write(
        "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":%s,\"items\":["
            .formatted(kind.kind(), kind.apiVersion(), metadata)
            .getBytes(StandardCharsets.UTF_8));
    boolean first = true;
    for (var slice : slices) {
      var bytes = reader.read(slice);
      if (selector.isEmpty() || selector.get().test(data.tree(bytes))) {
        if (!first) {
          out.write(',');
        }
        first = false;
        out.write(shown(kind, bytes));
      }
    }
    out.write("]}\n".getBytes(StandardCharsets.UTF_8));
  }

  private List<ObjectFile.Slice> firstMatches(
      List<ObjectFile.Slice> slices,
      long wanted,
      Optional<Predicate<JsonNode>> selector,
      ObjectFile.Reader reader)
      throws IOException {
    if (selector.isEmpty()) {
      return slices.subList(0, (int) Math.min(wanted, slices.size()));
    }
    var matches = new ArrayList<ObjectFile.Slice>();
    for (var slice : slices) {
      if (matches.size() < wanted && selector.get().test(data.tree(reader.read(slice)))) {
        matches.add(slice);
      }
    }
    return matches;
  }

  private byte[] shown(ObjectKind kind, byte[] bytes) throws IOException {
    return kind.isNewEvent()
        ? EventConversion.of(data.tree(bytes)).toString().getBytes(StandardCharsets.UTF_8)
        : bytes;
  }

  private static Optional<Predicate<JsonNode>> selector(ObjectKind kind, QueryParameters query) {
    var fields = query.text("fieldSelector");
    var labels = query.text("labelSelector");
    if (fields.isEmpty() && labels.isEmpty()) {
      return Optional.empty();
    }
    var byFields = FieldSelector.parse(kind, fields.orElse(""), labels.orElse(""));
    var text = labels.orElse("");
    var byLabels =
        LabelSelector.parse(text)
            .orElseThrow(
                () -> new IllegalArgumentException("unable to parse requirement: " + text));
    return Optional.of(object -> byFields.test(object) && byLabels.matches(labels(object)));
  }

  private static Map<String, String> labels(JsonNode object) {
    var labels = new HashMap<String, String>();
    object
        .at("/metadata/labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().asText("")));
    return labels;
  }
}
