package dev.diagbundle.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cluster.Call;
import dev.diagbundle.cluster.Caller;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.RefusedException;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The server's own list of its types (the Kubernetes documentation, "API concepts", unaggregated
/// discovery), each group in its preferred version.
final class Discovery {
  /// A group with thousands of resources has less.
  private static final int MAX_BYTES = 8 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster;
  private final Caller caller;
  private final Consumer<ResourceType> to;

  private Discovery(Cluster cluster, Caller caller, Consumer<ResourceType> to) {
    this.cluster = cluster;
    this.caller = caller;
    this.to = to;
  }

  /// Reads the list.
  ///
  /// @param to gets every type that can be listed
  /// @return the groups that do not answer, and what they say; mostly empty
  /// @throws RefusedException if the list itself cannot be read
  static List<String> read(Cluster cluster, Caller caller, Consumer<ResourceType> to)
      throws IOException, InterruptedException {
    var discovery = new Discovery(cluster, caller, to);
    var broken = new ArrayList<String>();
    discovery.take("/api/v1", "", "v1");
    for (JsonNode group : discovery.read("/apis").path("groups")) {
      var name = group.path("name").asText("");
      var version = group.path("preferredVersion").path("version").asText("");
      try {
        discovery.take("/apis/" + Call.segment(name) + "/" + Call.segment(version), name, version);
      } catch (RefusedException e) {
        // A group whose own server is away must not hide the others.
        broken.add(name + ": " + e.getMessage());
      }
    }
    return broken;
  }

  private void take(String path, String group, String version)
      throws IOException, InterruptedException {
    for (JsonNode resource : read(path).path("resources")) {
      var plural = resource.path("name").asText("");
      boolean listed = false;
      for (JsonNode verb : resource.path("verbs")) {
        listed |= verb.asText("").equals("list");
      }
      if (listed && !plural.isEmpty() && !plural.contains("/")) {
        to.accept(
            new ResourceType(
                group,
                version,
                plural,
                resource.path("kind").asText(""),
                resource.path("namespaced").asBoolean(),
                ""));
      }
    }
  }

  private JsonNode read(String path) throws IOException, InterruptedException {
    try (var answer = cluster.fetch(Call.json(path, caller))) {
      return JSON.readTree(answer.body().readNBytes(MAX_BYTES));
    } catch (JsonProcessingException e) {
      throw new RefusedException(Reason.INVALID_ANSWER, 200, "not JSON: " + path);
    }
  }
}
