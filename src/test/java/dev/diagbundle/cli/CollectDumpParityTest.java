package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.serve.DemoClusterFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether a bundle holds all objects that `kubectl cluster-info dump` writes: every file of a
/// recorded dump (kubectl 1.36) is made again from a bundle of the same objects. What differs is
/// named here: the version of the list, copies made by `kubectl apply`, and one password.
final class CollectDumpParityTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /// Files of a dump, and the folders of the bundle that hold the same.
  private static final Map<String, String> FOLDERS =
      Map.of(
          "events", "events",
          "replication-controllers", "custom-resources/replicationcontrollers",
          "services", "services",
          "daemonsets", "daemonsets",
          "deployments", "deployments",
          "replicasets", "replicasets",
          "pods", "pods");

  /// The same files, as a replayed API keeps them.
  private static final Map<String, String> STORED =
      Map.of(
          "nodes", "nodes",
          "events", "events",
          "replication-controllers", "replicationcontrollers",
          "services", "services",
          "daemonsets", "daemonsets.apps",
          "deployments", "deployments.apps",
          "replicasets", "replicasets.apps",
          "pods", "pods");

  @TempDir private Path folder = Path.of("");

  @Test
  void everyFileOfARecordedDumpCanBeMadeOfABundle() throws Exception {
    var dump = dump();
    int objects = 0;
    try (var bundle = BundleReader.open(collect(dump))) {
      for (var file : dump.properties()) {
        var expected = file.getValue();
        assertEquals(
            comparable(expected),
            comparable(rebuilt(bundle, file.getKey(), expected)),
            file.getKey());
        objects += expected.path("items").size();
      }
    }
    assertEquals(36, dump.size());
    assertEquals(876, objects);
  }

  /// The file of a dump, made from the bundle. A list without objects has no file in a bundle.
  private static JsonNode rebuilt(BundleReader bundle, String file, JsonNode head)
      throws IOException {
    int slash = file.indexOf('/');
    var name = file.substring(slash + 1, file.length() - ".json".length());
    var path =
        slash < 0
            ? "cluster-resources/nodes.json"
            : "cluster-resources/" + FOLDERS.get(name) + "/" + file.substring(0, slash) + ".json";
    var entry = bundle.find(new EntryPath(path));
    if (entry.isEmpty()) {
      var none = JSON.createObjectNode();
      none.put("kind", head.path("kind").asText());
      none.put("apiVersion", head.path("apiVersion").asText());
      return none.putNull("items");
    }
    try (var in = bundle.open(entry.get())) {
      var list = JSON.readTree(in);
      for (JsonNode item : list.path("items")) {
        assertEquals(head.path("kind").asText(), item.path("kind").asText() + "List");
        ((ObjectNode) item).remove(java.util.List.of("kind", "apiVersion"));
      }
      return list;
    }
  }

  private static JsonNode comparable(JsonNode list) {
    var copy = (ObjectNode) list.deepCopy();
    copy.remove("metadata");
    for (JsonNode item : copy.path("items")) {
      if (item.at("/metadata/annotations") instanceof ObjectNode annotations) {
        annotations.remove(LAST_APPLIED);
      }
      for (JsonNode container : item.at("/spec/containers")) {
        for (JsonNode variable : container.path("env")) {
          if (variable.path("name").asText().equals("DB_PASSWORD")) {
            ((ObjectNode) variable).put("value", "");
          }
        }
        // The recorded command writes a token, which redaction takes out.
        if (container.path("command") instanceof ArrayNode words) {
          for (int i = 0; i < words.size(); i++) {
            words.set(i, words.path(i).asText().replaceAll("token=[^\"\\s]+", "token="));
          }
        }
      }
    }
    return copy;
  }

  private Path collect(JsonNode dump) throws Exception {
    var profile = folder.resolve("dump.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: dump
        window: 48h
        collect:
          - events: {}
          - clusterDump:
              resources:
                [nodes, events, replicationcontrollers, services, daemonsets, deployments,
                 replicasets, pods]
        """);
    var file = folder.resolve("dump.tar.gz");
    try (var server = DemoClusterFixture.start(write(dump))) {
      var run =
          Run.of(
              "collect",
              "-q",
              "-p",
              profile.toString(),
              "--kubeconfig",
              kubeconfig(folder, server.url().toString(), "", "token: abc").toString(),
              "-o",
              file.toString());
      assertEquals(ExitCode.OK, run.code(), run.err());
    }
    return file;
  }

  /// Writes the dumped objects as the data of a replayed API.
  private Path write(JsonNode dump) throws IOException {
    var cluster = folder.resolve("cluster");
    file(cluster, "cluster.json", "{\"time\":\"2026-11-21T04:45:44Z\"}");
    file(cluster, "answers/version.json", "{\"gitVersion\":\"v1.36.2\"}");
    file(cluster, "answers/api.json", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
    file(cluster, "answers/apis.json", "{\"kind\":\"APIGroupList\",\"groups\":[]}");
    file(
        cluster,
        "answers/api/v1.json",
        served("v1", "nodes Node", "events Event", "services Service", "pods Pod")
            .replace("\"nodes\",\"namespaced\":true", "\"nodes\",\"namespaced\":false"));
    file(
        cluster,
        "answers/apis/apps/v1.json",
        served(
            "apps/v1", "daemonsets DaemonSet", "deployments Deployment", "replicasets ReplicaSet"));
    var lists = new TreeMap<String, ObjectNode>();
    for (var file : dump.properties()) {
      var name = file.getKey().replaceFirst(".*/", "").replace(".json", "");
      var list = lists.computeIfAbsent(STORED.get(name), _ -> JSON.createObjectNode());
      file.getValue().path("items").forEach(list.withArray("items")::add);
    }
    for (var list : lists.entrySet()) {
      file(cluster, "objects/" + list.getKey() + ".json", list.getValue().toString());
    }
    return cluster;
  }

  private static String served(String version, String... kinds) {
    var list = JSON.createObjectNode();
    list.put("kind", "APIResourceList").put("groupVersion", version);
    for (String kind : kinds) {
      var names = kind.split(" ", 2);
      list.withArray("resources")
          .addObject()
          .put("name", names[0])
          .put("namespaced", true)
          .put("kind", names[1]);
    }
    return list.toString();
  }

  private static JsonNode dump() throws IOException {
    var name = "/dump/cluster-info-dump-1.36.json.gz";
    try (var in = CollectDumpParityTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return JSON.readTree(new GZIPInputStream(in));
    }
  }

  private static void file(Path cluster, String path, String text) throws IOException {
    var file = cluster.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
