package dev.diagbundle.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cluster.Call;
import dev.diagbundle.cluster.RefusedException;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// API objects: well-known types by their names, all others found by discovery, custom resources by
/// globs over the names of their definitions.
final class ClusterDumpSource implements Source<ItemSpec.ClusterDump> {
  /// A group with thousands of resources has less.
  private static final int MAX_DISCOVERY_BYTES = 8 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EVERYTHING = "*";

  @Override
  public Class<ItemSpec.ClusterDump> spec() {
    return ItemSpec.ClusterDump.class;
  }

  @Override
  public void plan(ItemSpec.ClusterDump spec, Planner planner) {
    var unknown = new ArrayList<String>();
    for (String name : spec.resources()) {
      var known = ResourceType.known(name);
      if (known.isPresent()) {
        list(known.get(), spec, planner);
      } else {
        unknown.add(name);
      }
    }
    if (!unknown.isEmpty()) {
      planner.atServer(
          spec.kind(), "(discovery)", scope -> discover(unknown, spec, planner, scope));
    }
    if (!spec.crds().isEmpty()) {
      planner.after(List.of(ResourceType.CRDS), () -> planCustom(spec, planner));
    }
  }

  private static void planCustom(ItemSpec.ClusterDump spec, Planner planner) {
    for (ResourceType type : planner.inventory().customTypes()) {
      if (spec.crds().stream().anyMatch(glob -> glob.matches(type.name()))) {
        list(type, spec, planner);
      }
    }
  }

  private static void list(ResourceType type, ItemSpec.ClusterDump spec, Planner planner) {
    if (!spec.exclude().contains(type.plural()) && !spec.exclude().contains(type.name())) {
      planner.list(type);
    }
  }

  /// Reads the server's own list of its types (the Kubernetes documentation, "API concepts",
  /// unaggregated discovery), each group in its preferred version.
  private static Outcome discover(
      List<String> wanted, ItemSpec.ClusterDump spec, Planner planner, TaskScope scope)
      throws IOException, InterruptedException {
    var found = new ArrayList<String>();
    var broken = new ArrayList<String>();
    take("/api/v1", "", "v1", wanted, found, spec, planner, scope);
    for (JsonNode group : read("/apis", scope).path("groups")) {
      var name = group.path("name").asText("");
      var version = group.path("preferredVersion").path("version").asText("");
      var path = "/apis/" + Call.segment(name) + "/" + Call.segment(version);
      try {
        take(path, name, version, wanted, found, spec, planner, scope);
      } catch (RefusedException e) {
        // A group whose own server is away must not hide the others.
        broken.add(name + ": " + e.getMessage());
      }
    }
    if (!broken.isEmpty()) {
      return new Outcome.Partial(
          Reason.INVALID_ANSWER, "groups that do not answer: " + String.join("; ", broken));
    }
    var missing =
        wanted.stream().filter(name -> !name.equals(EVERYTHING) && !found.contains(name)).toList();
    return missing.isEmpty()
        ? new Outcome.Collected()
        : new Outcome.Skipped(
            Reason.NOT_FOUND, "the cluster does not serve " + String.join(", ", missing));
  }

  private static void take(
      String path,
      String group,
      String version,
      List<String> wanted,
      List<String> found,
      ItemSpec.ClusterDump spec,
      Planner planner,
      TaskScope scope)
      throws IOException, InterruptedException {
    for (JsonNode resource : read(path, scope).path("resources")) {
      var plural = resource.path("name").asText("");
      boolean listed = false;
      for (JsonNode verb : resource.path("verbs")) {
        listed |= verb.asText("").equals("list");
      }
      if (!listed || plural.isEmpty() || plural.contains("/")) {
        continue;
      }
      var type =
          new ResourceType(
              group,
              version,
              plural,
              resource.path("kind").asText(""),
              resource.path("namespaced").asBoolean(),
              "");
      boolean byName = wanted.contains(plural) || wanted.contains(type.name());
      if (byName || (wanted.contains(EVERYTHING) && !isDouble(type))) {
        found.add(plural);
        found.add(type.name());
        list(ResourceType.known(type.name()).orElse(type), spec, planner);
      }
    }
  }

  /// Events are served by two groups, and are listed from the core one.
  private static boolean isDouble(ResourceType type) {
    return type.name().equals("events.events.k8s.io");
  }

  private static JsonNode read(String path, TaskScope scope)
      throws IOException, InterruptedException {
    try (var answer = scope.cluster().fetch(Call.json(path, scope.caller()))) {
      return JSON.readTree(answer.body().readNBytes(MAX_DISCOVERY_BYTES));
    } catch (JsonProcessingException e) {
      throw new RefusedException(Reason.INVALID_ANSWER, 200, "not JSON: " + path);
    }
  }
}
