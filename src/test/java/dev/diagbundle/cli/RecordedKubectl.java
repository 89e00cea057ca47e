package dev.diagbundle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// The recorded objects of a real cluster as the data of a replayed API, and what kubectl 1.36
/// printed of them; see `src/test/resources/describe/README.md`.
public final class RecordedKubectl {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ANSWERS = Path.of("examples/demo-cluster/answers");
  private static final Map<String, String> GROUPS = Map.of("apps", ".apps", "batch", ".batch");

  private RecordedKubectl() {}

  public static String text(String file) throws IOException {
    var path = "/describe/kubectl-1.36/" + file;
    try (InputStream in =
        Objects.requireNonNull(RecordedKubectl.class.getResourceAsStream(path), path)) {
      var bytes = (file.endsWith(".gz") ? new GZIPInputStream(in) : in).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /// Writes the cluster into the folder.
  public static Path write(Path folder) throws IOException {
    try (var files = Files.walk(ANSWERS)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = folder.resolve("answers").resolve(ANSWERS.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.writeString(folder.resolve("cluster.json"), "{\"time\": \"2026-11-21T04:45:42Z\"}");
    var lists = new TreeMap<String, List<JsonNode>>();
    lists.put("pods", objects("pods.jsonl"));
    lists.put("nodes", objects("nodes.jsonl"));
    lists.put("leases.coordination.k8s.io", objects("leases.jsonl"));
    lists.put("replicasets.apps", objects("replicasets.jsonl"));
    lists.put("endpointslices.discovery.k8s.io", objects("endpointslices.jsonl"));
    lists.put("events", objects("events.jsonl.gz"));
    lists.get("events").forEach(RecordedKubectl::repeat);
    for (var workload : objects("workloads.jsonl")) {
      var version = workload.path("apiVersion").asText();
      var group = version.substring(0, Math.max(0, version.indexOf('/')));
      var plural = workload.path("kind").asText().toLowerCase(Locale.ROOT) + "s";
      lists
          .computeIfAbsent(plural + GROUPS.getOrDefault(group, ""), _ -> new ArrayList<>())
          .add(workload);
    }
    var target = Files.createDirectories(folder.resolve("objects"));
    for (var list : lists.entrySet()) {
      JSON.writeValue(
          target.resolve(list.getKey() + ".json").toFile(),
          Map.of("metadata", Map.of("resourceVersion", "1"), "items", list.getValue()));
    }
    return folder;
  }

  /// The claim's event happened once more after the objects were recorded.
  private static void repeat(JsonNode event) {
    if (event.path("reason").asText().equals("ProvisioningFailed")
        && event instanceof ObjectNode object) {
      object.put("count", object.path("count").asInt() + 1);
      object.put("lastTimestamp", "2026-11-21T04:45:41Z");
    }
  }

  private static List<JsonNode> objects(String file) throws IOException {
    var objects = new ArrayList<JsonNode>();
    for (String line : text(file).lines().toList()) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }
}
