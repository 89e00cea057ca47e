package dev.diagbundle.cluster;

import module java.base;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.Reason;

/// The API discovery of a server, read group by group: in two requests if it supports aggregated
/// discovery (KEP-3352), else in one for each group and version. A group whose own server is
/// unavailable hides no other.
public final class Discovery {
  /// Maximum size of the resource list of one version.
  private static final int MAX_LIST_BYTES = 8 << 20;

  private static final String AGGREGATED = "as=APIGroupDiscoveryList";
  private static final String ACCEPT =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster;
  private final RequestOrigin caller;
  private final Visitor visitor;
  private final List<String> broken = new ArrayList<>();

  /// Receiver of groups and resources.
  public interface Visitor {
    /// @param group an `APIGroup`; the core group has an empty name
    void group(ObjectNode group) throws IOException;

    /// @param list an `APIResourceList`, without `apiVersion`
    /// @param group empty for the core group
    /// @param preferred whether the group prefers this version
    void resources(ObjectNode list, String group, String version, boolean preferred)
        throws IOException;
  }

  private Discovery(Cluster cluster, RequestOrigin caller, Visitor visitor) {
    this.cluster = cluster;
    this.caller = caller;
    this.visitor = visitor;
  }

  /// Reads all groups and resources.
  ///
  /// @return the versions of groups that are unknown at present, with the reason
  /// @throws RequestFailedException if discovery fails
  /// @throws IOException as thrown by the visitor
  public static List<String> read(Cluster cluster, RequestOrigin caller, Visitor visitor)
      throws IOException, InterruptedException {
    var discovery = new Discovery(cluster, caller, visitor);
    discovery.readAll("/api");
    discovery.readAll("/apis");
    return List.copyOf(discovery.broken);
  }

  private void readAll(String path) throws IOException, InterruptedException {
    List<ObjectNode> groups;
    try (var answer = cluster.fetch(Request.json(path, caller).withHeader("Accept", ACCEPT))) {
      if (answer.contentType().contains(AGGREGATED)) {
        readAggregated(answer);
        return;
      }
      var tree = tree(answer);
      groups = tree.has("versions") ? List.of(coreGroup(tree)) : groups(tree);
    }
    for (ObjectNode group : groups) {
      visitor.group(group);
      var name = group.path("name").asText("");
      for (JsonNode version : group.path("versions")) {
        readVersion(name, version.path("version").asText(""), preferred(group));
      }
    }
  }

  private void readVersion(String group, String version, String preferred)
      throws IOException, InterruptedException {
    var base = group.isEmpty() ? "/api/" : "/apis/" + Request.segment(group) + "/";
    JsonNode list;
    try (var answer = cluster.fetch(Request.json(base + Request.segment(version), caller))) {
      list = tree(answer);
    } catch (RequestFailedException e) {
      broken.add(groupVersion(group, version) + ": " + e.getMessage());
      return;
    }
    if (list instanceof ObjectNode object && object.path("resources").isArray()) {
      object.remove("apiVersion");
      visitor.resources(object, group, version, version.equals(preferred));
      return;
    }
    broken.add(groupVersion(group, version) + ": the response is not a resource list");
  }

  private static List<ObjectNode> groups(JsonNode list) {
    var groups = new ArrayList<ObjectNode>();
    for (JsonNode group : list.path("groups")) {
      if (group instanceof ObjectNode object) {
        groups.add(object);
      }
    }
    return groups;
  }

  /// The group that `APIVersions` represents, which has no name for it.
  private static ObjectNode coreGroup(JsonNode versions) {
    var names = new ArrayList<String>();
    versions.path("versions").forEach(version -> names.add(version.asText("")));
    return group("", names);
  }

  private static String preferred(ObjectNode group) {
    return group
        .path("preferredVersion")
        .path("version")
        .asText(group.path("versions").path(0).path("version").asText(""));
  }

  private void readAggregated(Response answer) throws IOException {
    try (JsonParser parser = JSON.getFactory().createParser(answer.body())) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new RequestFailedException(Reason.INVALID_ANSWER, answer.status(), "not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var field = parser.currentName();
        if (parser.nextToken() != JsonToken.START_ARRAY || !field.equals("items")) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          JsonNode group = JSON.readTree(parser);
          aggregated(group);
        }
      }
    } catch (JsonProcessingException e) {
      throw new RequestFailedException(
          Reason.INVALID_ANSWER, answer.status(), "not JSON: " + e.getOriginalMessage());
    }
    answer.drain();
  }

  /// One `APIGroupDiscovery`, its versions in the order of preference.
  private void aggregated(JsonNode discovered) throws IOException {
    var name = discovered.path("metadata").path("name").asText("");
    var names = new ArrayList<String>();
    discovered.path("versions").forEach(each -> names.add(each.path("version").asText("")));
    if (names.isEmpty()) {
      return;
    }
    visitor.group(group(name, names));
    for (JsonNode version : discovered.path("versions")) {
      var own = version.path("version").asText("");
      if (version.path("freshness").asText("").equals("Stale")) {
        // Its server is unavailable; the list in the response may be long out of date.
        broken.add(groupVersion(name, own) + ": its API server does not respond");
        continue;
      }
      var list = JSON.createObjectNode();
      list.put("kind", "APIResourceList");
      list.put("groupVersion", groupVersion(name, own));
      var resources = list.putArray("resources");
      for (JsonNode resource : version.path("resources")) {
        var plural = resource.path("resource").asText("");
        boolean namespaced = resource.path("scope").asText("").equals("Namespaced");
        resources.add(resource(resource, plural, namespaced, name, own));
        for (JsonNode part : resource.path("subresources")) {
          var path = plural + "/" + part.path("subresource").asText("");
          resources.add(resource(part, path, namespaced, name, own));
        }
      }
      visitor.resources(list, name, own, own.equals(names.getFirst()));
    }
  }

  private static ObjectNode group(String name, List<String> versions) {
    var group = JSON.createObjectNode();
    group.put("name", name);
    var all = group.putArray("versions");
    for (String version : versions) {
      all.addObject().put("groupVersion", groupVersion(name, version)).put("version", version);
    }
    if (!versions.isEmpty()) {
      group
          .putObject("preferredVersion")
          .put("groupVersion", groupVersion(name, versions.getFirst()))
          .put("version", versions.getFirst());
    }
    return group;
  }

  /// An `APIResource`, with the group and version of its kind only if they differ from the list's.
  private static ObjectNode resource(
      JsonNode discovered, String path, boolean namespaced, String group, String version) {
    var resource = JSON.createObjectNode();
    resource.put("name", path);
    resource.put("singularName", discovered.path("singularResource").asText(""));
    resource.put("namespaced", namespaced);
    var kind = discovered.path("responseKind");
    var kindGroup = kind.path("group").asText("");
    var kindVersion = kind.path("version").asText("");
    if (!kindVersion.isEmpty() && !(kindGroup.equals(group) && kindVersion.equals(version))) {
      resource.put("group", kindGroup).put("version", kindVersion);
    }
    resource.put("kind", kind.path("kind").asText(""));
    for (String field : List.of("verbs", "shortNames", "categories")) {
      if (discovered.has(field)) {
        resource.set(field, discovered.get(field));
      }
    }
    return resource;
  }

  private static String groupVersion(String group, String version) {
    return group.isEmpty() ? version : group + "/" + version;
  }

  private static JsonNode tree(Response answer) throws IOException {
    try {
      return JSON.readTree(answer.body().readNBytes(MAX_LIST_BYTES));
    } catch (JsonProcessingException e) {
      throw new RequestFailedException(Reason.INVALID_ANSWER, answer.status(), "not JSON");
    }
  }
}
