package dev.diagbundle.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Writes a described cluster as the data of a replayed API. What a test leaves out, but every
/// cluster has, is added: names of events, statuses of running containers, a kubelet that is well.
public final class ReplayedCluster {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OBJECTS = "cluster-resources/";
  private static final String LOGS = OBJECTS + "pods/logs/";
  private static final Pattern STAMPED = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S+Z) (.*)");
  private static final Pattern KLOG =
      Pattern.compile("[IWEF]\\d{4} (\\d\\d:\\d\\d:\\d\\d\\.\\d{6}) .*");

  /// What every kubelet says that is well.
  private static final Map<String, String> WELL =
      Map.of(
          "healthz.txt",
          "ok",
          "pods.json",
          "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[]}",
          "configz.json",
          "{\"kubeletconfig\":{\"clusterDNS\":[\"10.96.0.10\"],\"clusterDomain\":\"cluster.local\","
              + "\"enableSystemLogHandler\":true,\"enableSystemLogQuery\":true}}",
          "stats/summary.json",
          "{\"node\":{},\"pods\":[]}",
          "metrics.prom",
          "kubelet_running_pods 1\n");

  private final ClusterBundle described;
  private final Path folder;
  private final Map<ServedKind, List<ObjectNode>> objects = new TreeMap<>();
  private final List<ObjectNode> pods = new ArrayList<>();
  private final TreeSet<String> gone = new TreeSet<>();
  private final TreeSet<String> nodes = new TreeSet<>();

  private ReplayedCluster(ClusterBundle described, Path folder) {
    this.described = described;
    this.folder = folder;
  }

  public static Path write(ClusterBundle described, Path folder) throws IOException {
    var cluster = new ReplayedCluster(described, folder);
    cluster.write("cluster.json", "{\"time\":\"" + ClusterBundle.NOW + "\"}");
    cluster.write("answers/version.json", "{\"major\":\"1\",\"gitVersion\":\"v1.36.2\"}");
    var groups = cluster.groups();
    ServedKind.writeDiscovery(folder, group -> groups.isEmpty() || groups.contains(group));
    for (var entry : described.manifest().entries()) {
      cluster.place(entry.path().value());
    }
    cluster.writeObjects();
    cluster.writeQuietLogs();
    cluster.writeKubelets();
    return folder;
  }

  /// The groups that the cluster is said to serve; none if nothing is said.
  private Set<String> groups() throws IOException {
    var named = new TreeSet<String>();
    var path = new EntryPath(OBJECTS + "groups.json");
    if (described.find(path).isPresent()) {
      JSON.readTree(text(path.value())).forEach(group -> named.add(group.path("name").asText()));
    }
    return named;
  }

  private void place(String path) throws IOException {
    var segments = path.split("/");
    if (path.startsWith(LOGS)) {
      placePodLog(path, segments);
    } else if (path.startsWith(OBJECTS) && !path.endsWith("/groups.json")) {
      placeObjects(path);
    } else if (path.startsWith("api/")) {
      write("answers/" + path.substring("api/".length()) + ".txt", text(path));
    } else if (path.startsWith("nodes/") && segments[2].equals("services")) {
      var journal = new StringBuilder();
      text(path).lines().forEach(line -> journal.append(entry(segments[1], line)).append('\n'));
      write("nodes/" + segments[1] + "/journal/" + segments[3], journal.toString());
    } else if (path.startsWith("nodes/") && segments[2].equals("kubelet")) {
      var name =
          segments[3]
              .replace("stats-summary", "stats/summary")
              .replace("metrics.txt", "metrics.prom");
      write("nodes/" + segments[1] + "/kubelet/" + name, text(path));
    }
  }

  /// As the container runtime writes it, which stamps every line.
  private void placePodLog(String path, String[] segments) throws IOException {
    var name = segments[5].replace("-previous.log", ".previous.log");
    var file = "pods/" + segments[3] + "/" + segments[4] + "/" + name;
    if (text(path).startsWith("unable to retrieve container logs")) {
      // The server says so itself of a file that is gone.
      gone.add(file);
      return;
    }
    var log = new StringBuilder();
    text(path)
        .lines()
        .forEach(line -> {
          var stamped = STAMPED.matcher(line);
          var at = stamped.matches() ? stamped.group(1) : "2026-11-21T03:14:00Z";
          log.append(at).append(" stdout F ");
          log.append(stamped.matches() ? stamped.group(2) : line).append('\n');
        });
    write(file, log.toString());
  }

  private void placeObjects(String path) throws IOException {
    var kind = ServedKind.ofPath(path.substring(OBJECTS.length()));
    var tree = JSON.readTree(text(path));
    for (JsonNode object : tree.isArray() ? tree : tree.path("items")) {
      var whole = (ObjectNode) object;
      switch (kind.plural()) {
        case "events" -> nameEvent(whole, objects.getOrDefault(kind, List.of()).size());
        case "pods" -> {
          addStatuses(whole);
          pods.add(whole);
        }
        case "nodes" -> {
          nodes.add(name(whole));
          whole
              .withObjectProperty("metadata")
              .withObjectProperty("labels")
              .put("kubernetes.io/os", system(whole));
        }
        default -> {}
      }
      objects.computeIfAbsent(kind, _ -> new ArrayList<>()).add(whole);
    }
  }

  private static void nameEvent(ObjectNode event, int number) {
    var metadata = event.withObjectProperty("metadata");
    if (!metadata.has("name")) {
      var namespace = event.path("involvedObject").path("namespace").asText("default");
      metadata.put("name", "event-" + number).put("namespace", namespace);
    }
  }

  /// The API server gives logs only of containers that have a status.
  private static void addStatuses(ObjectNode pod) {
    var status = pod.withObjectProperty("status");
    if (!status.path("phase").asText().equals("Running") || status.has("containerStatuses")) {
      return;
    }
    var statuses = status.putArray("containerStatuses");
    boolean ready = status.path("conditions").path(0).path("status").asText().equals("True");
    for (JsonNode container : pod.path("spec").path("containers")) {
      statuses
          .addObject()
          .put("name", container.path("name").asText())
          .put("ready", ready)
          .put("restartCount", 0)
          .putObject("state")
          .putObject("running")
          .put("startedAt", "2026-11-21T02:00:10Z");
    }
  }

  /// A container of which no line is described has written none.
  private void writeQuietLogs() throws IOException {
    for (ObjectNode pod : pods) {
      var containers = new ArrayList<JsonNode>();
      pod.path("status").path("initContainerStatuses").forEach(containers::add);
      pod.path("status").path("containerStatuses").forEach(containers::add);
      for (JsonNode container : containers) {
        var stem =
            "pods/"
                + pod.path("metadata").path("namespace").asText()
                + "/"
                + name(pod)
                + "/"
                + container.path("name").asText();
        for (String log : List.of(stem + ".log", stem + ".previous.log")) {
          if (!gone.contains(log) && !Files.exists(folder.resolve(log))) {
            write(log, "");
          }
        }
      }
    }
  }

  private void writeObjects() throws IOException {
    for (var each : objects.entrySet()) {
      var list = JSON.createObjectNode();
      list.put("kind", each.getKey().kind() + "List")
          .putObject("metadata")
          .put("resourceVersion", "1");
      ArrayNode items = list.putArray("items");
      each.getValue().forEach(items::add);
      write("objects/" + each.getKey().fileName(), list.toString());
    }
  }

  private void writeKubelets() throws IOException {
    for (String name : nodes) {
      var node = JSON.createObjectNode();
      node.put("os", system(find(name))).put("zone", "UTC").put("query", query(name));
      unreachable(name).ifPresent(why -> node.put("unreachable", why));
      var root = "nodes/" + name + "/";
      write(root + "node.json", node.toString());
      for (var answer : WELL.entrySet()) {
        if (!Files.exists(folder.resolve(root + "kubelet/" + answer.getKey()))) {
          write(root + "kubelet/" + answer.getKey(), answer.getValue());
        }
      }
    }
  }

  private ObjectNode find(String node) {
    return objects.getOrDefault(ServedKind.ofPath("nodes.json"), List.of()).stream()
        .filter(each -> name(each).equals(node))
        .findFirst()
        .orElseThrow();
  }

  private Optional<String> unreachable(String node) {
    return described.manifest().items().stream()
        .filter(item -> item.node().equals(node))
        .map(Item::outcome)
        .filter(outcome -> outcome.why().filter(Reason.UNREACHABLE::equals).isPresent())
        .map(Outcome::words)
        .findFirst();
  }

  private String query(String node) {
    boolean off =
        described.manifest().items().stream()
            .filter(item -> item.kind() == ItemKind.NODE_LOGS && item.node().equals(node))
            .anyMatch(item -> item.outcome().why().filter(Reason.UNSUPPORTED::equals).isPresent());
    return off ? "off" : "upstream";
  }

  private static String system(ObjectNode node) {
    return node.path("status").path("nodeInfo").path("operatingSystem").asText("linux");
  }

  /// A line as the journal prints it; a line of a recorded journal is one.
  private static String entry(String node, String line) {
    var klog = KLOG.matcher(line);
    return klog.matches() ? "Nov 21 " + klog.group(1) + " " + node + " kubelet[1]: " + line : line;
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asText();
  }

  private String text(String path) throws IOException {
    var entry = described.find(new EntryPath(path)).orElseThrow();
    try (var in = described.open(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
