package dev.diagbundle.collect.source;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.cluster.Discovery;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.task.EntryStream;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The types that the API server serves, requested once in a run, and written into the bundle as
/// `groups.json` and `resources.json` in the Troubleshoot layout. Safe for use by many threads.
final class ServedTypes {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          new JsonFactory()
              .configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false)
              .configure(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM, false));

  private final List<ResourceType> listable = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean asked;
  private boolean ended;

  /// Runs `then` once, on some thread, when the server has returned its types, or failed to.
  void after(Planner planner, Runnable then) {
    boolean first;
    boolean late;
    synchronized (this) {
      first = !asked;
      asked = true;
      late = ended;
      if (!late) {
        waiting.add(then);
      }
    }
    if (first) {
      planner
          .tasks()
          .atServer(
              ItemKind.CLUSTER_DUMP,
              "(discovery)",
              scope -> discover(planner.window().whole().to(), scope));
    }
    if (late) {
      then.run();
    }
  }

  /// The types that can be listed, each in the version that its group prefers.
  synchronized List<ResourceType> listable() {
    return List.copyOf(listable);
  }

  private Outcome discover(Instant modified, TaskScope scope)
      throws IOException, InterruptedException {
    try (var groups = new Array(scope, "groups.json", modified);
        var resources = new Array(scope, "resources.json", modified)) {
      var broken = Discovery.read(scope.cluster(), scope.caller(), visitor(groups, resources));
      groups.commit();
      resources.commit();
      return broken.isEmpty()
          ? new Outcome.Collected()
          : new Outcome.Partial(
              Reason.INVALID_ANSWER, "unavailable groups: " + String.join("; ", broken));
    } finally {
      end();
    }
  }

  private void end() {
    List<Runnable> ready;
    synchronized (this) {
      ended = true;
      ready = List.copyOf(waiting);
      waiting.clear();
    }
    ready.forEach(Runnable::run);
  }

  private Discovery.Visitor visitor(Array groups, Array resources) {
    return new Discovery.Visitor() {
      @Override
      public void group(ObjectNode group) throws IOException {
        groups.add(group);
      }

      @Override
      public void resources(ObjectNode list, String group, String version, boolean preferred)
          throws IOException {
        resources.add(list);
        if (preferred) {
          list.path("resources").forEach(resource -> add(resource, group, version));
        }
      }
    };
  }

  private synchronized void add(JsonNode resource, String group, String version) {
    listable(resource, group, version).ifPresent(listable::add);
  }

  /// The type that an `APIResource` stands for; empty if its objects cannot be listed.
  static Optional<ResourceType> listable(JsonNode resource, String group, String version) {
    var plural = resource.path("name").asText("");
    boolean isListed = false;
    for (JsonNode verb : resource.path("verbs")) {
      isListed |= verb.asText("").equals("list");
    }
    if (!isListed || plural.isEmpty() || plural.contains("/")) {
      return Optional.empty();
    }
    var type =
        new ResourceType(
            group,
            version,
            plural,
            resource.path("kind").asText(""),
            resource.path("namespaced").asBoolean(),
            "");
    return Optional.of(ResourceType.known(type.name()).filter(type::isSameAs).orElse(type));
  }

  /// An entry that is a JSON array, with one line for each element.
  private static final class Array implements AutoCloseable {
    private final EntryStream entry;
    private final JsonGenerator json;

    Array(TaskScope scope, String name, Instant modified) throws IOException {
      entry = scope.entry(EntryPath.of("cluster-resources", name), modified, Long.MAX_VALUE);
      json = JSON.getFactory().createGenerator(entry);
      json.setCodec(JSON);
      json.writeStartArray();
    }

    void add(JsonNode element) throws IOException {
      json.writeRaw('\n');
      JSON.writeTree(json, element);
    }

    void commit() throws IOException {
      json.writeEndArray();
      json.writeRaw('\n');
      json.close();
      entry.commit();
    }

    @Override
    public void close() throws IOException {
      entry.close();
    }
  }
}
