package dev.diagbundle.serve;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Turns recordings back into the data of the cluster that they were taken from.
final class RecordedCluster {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]*)\">");
  private final Path folder;

  private RecordedCluster(Path folder) {
    this.folder = folder;
  }

  /// @param unreachable the Go error that keeps the API server from rig-2; empty for none
  static Path write(Path folder, String unreachable) throws IOException {
    var cluster = new RecordedCluster(folder);
    cluster.file("cluster.json", "{\"time\":\"2026-11-21T03:14:36Z\"}");
    cluster.answers();
    cluster.objects();
    cluster.node("rig-1", "openshift", "", "053");
    cluster.node("rig-2", "off", unreachable, "054");
    cluster.podLogs();
    return folder;
  }

  private void answers() throws IOException {
    var answers =
        Map.of(
            "version.json", "001",
            "api.json", "002",
            "apis.json", "003",
            "api/v1.json", "004",
            "apis/apps/v1.json", "005",
            "readyz.txt", "006",
            "livez.txt", "007");
    for (var answer : answers.entrySet()) {
      file("answers/" + answer.getKey(), Recording.of(answer.getValue()).bodyAsSent());
    }
    group("coordination.k8s.io", "leases", "Lease");
    group("discovery.k8s.io", "endpointslices", "EndpointSlice");
    group("events.k8s.io", "events", "Event");
  }

  private void group(String group, String plural, String kind) throws IOException {
    file(
        "answers/apis/" + group + "/v1.json",
        "{\"resources\":[{\"name\":\"%s\",\"kind\":\"%s\",\"namespaced\":true}]}"
            .formatted(plural, kind));
  }

  private void objects() throws IOException {
    var lists =
        Map.of(
            "nodes", "008",
            "pods", "012",
            "events", "013",
            "leases.coordination.k8s.io", "015",
            "deployments.apps", "016",
            "replicasets.apps", "017",
            "services", "018",
            "endpointslices.discovery.k8s.io", "019",
            "namespaces", "020");
    for (var list : lists.entrySet()) {
      file("objects/" + list.getKey() + ".json", Recording.of(list.getValue()).body());
    }
  }

  private void node(String name, String query, String unreachable, String configz)
      throws IOException {
    var root = "nodes/" + name + "/";
    List<String> directories = new ArrayList<>();
    for (String entry : links("022")) {
      if (entry.endsWith("/")) {
        directories.add(entry);
      } else {
        file(root + "files/" + entry, entry);
      }
    }
    links("049").forEach(entry -> directories.add("pods/" + entry));
    file(root + "files/apt/eipp.log.xz", "");
    file(root + "files/apt/term.log", "");
    file(root + "files/apt/history.log", Recording.of("045").bodyAsSent());
    var node =
        JSON.createObjectNode()
            .put("query", query)
            .put("address", name.equals("rig-1") ? "10.200.0.11:10250" : "10.200.0.12:10250");
    if (!unreachable.isEmpty()) {
      node.put("unreachable", unreachable);
    }
    var list = node.putArray("directories");
    directories.forEach(list::add);
    file(root + "node.json", node.toString());
    if (name.equals("rig-1")) {
      file(root + "journal/kubelet.log", Recording.of("024").body());
    }
    file(root + "kubelet/configz.json", Recording.of(configz).body());
    file(root + "kubelet/healthz.txt", "ok");
    file(root + "kubelet/pods.json", Recording.of("056").body());
    file(root + "kubelet/stats/summary.json", Recording.of("057").body());
    file(root + "kubelet/metrics/resource.prom", Recording.of("058").body());
    file(root + "kubelet/metrics.prom", Recording.of("059").body());
  }

  private void podLogs() throws IOException {
    var first = "2026-11-21T03:12:33.000000000Z stdout F " + Recording.of("071").text() + "…\n";
    var last = Recording.of("063").text().replaceAll("(?m)^(\\S+Z) ", "$1 stdout F ");
    file("pods/shop/web/app.log", first + last);
    file(
        "pods/shop/initfail/migrate.log",
        "2026-11-21T03:14:10.000000000Z stdout F " + Recording.of("069").text());
  }

  private static List<String> links(String number) throws IOException {
    return LINK.matcher(Recording.of(number).text())
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private void file(String path, String text) throws IOException {
    file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private void file(String path, byte[] bytes) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
