package dev.diagbundle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A cluster of many small nodes, `n01` and so on, written as the data of a replayed API.
public final class ManyNodes {
  public static final String PROFILE =
      """
      apiVersion: diagbundle.dev/v1
      kind: Profile
      name: many
      window: 1h
      collect:
        - nodeLogs: { services: [kubelet, containerd] }
        - nodeFiles: { include: ["*.log"] }
        - kubelet: { endpoints: [healthz, configz, pods] }
      """;

  /// How many items the profile comes to at each node: two logs, the folder and two files of it,
  /// three endpoints.
  public static final int ITEMS = 8;

  private static final String JOURNAL =
      """
      Nov 21 03:00:00.000000 NODE UNIT[1]: one
      Nov 21 03:00:01.000000 NODE UNIT[1]: two
      """;

  private final Path folder;

  private ManyNodes(Path folder) {
    this.folder = folder;
  }

  /// Writes the cluster.
  ///
  /// @return the folder
  public static Path write(Path folder, int nodes) throws IOException {
    var cluster = new ManyNodes(folder);
    cluster.file("cluster.json", "{\"time\":\"2026-11-21T03:14:36Z\"}");
    cluster.file("answers/version.json", "{\"gitVersion\":\"v1.36.2\"}");
    cluster.file(
        "answers/api/v1.json",
        "{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}");
    cluster.file(
        "objects/nodes.json",
        "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},"
            + "\"items\":["
            + IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> object(name(number)))
                .collect(Collectors.joining(","))
            + "]}");
    for (int number = 1; number <= nodes; number++) {
      cluster.node(name(number));
    }
    return folder;
  }

  public static String name(int number) {
    return String.format("n%02d", number);
  }

  private static String object(String name) {
    return """
    {"metadata":{"name":"NAME","resourceVersion":"1"},"status":{
     "conditions":[{"type":"Ready","status":"True"}],"nodeInfo":{"operatingSystem":"linux"}}}\
    """
        .replace("NAME", name);
  }

  private void node(String name) throws IOException {
    var root = "nodes/" + name + "/";
    file(root + "node.json", "{\"query\":\"upstream\"}");
    for (String unit : new String[] {"kubelet", "containerd"}) {
      file(root + "journal/" + unit + ".log", JOURNAL.replace("NODE", name).replace("UNIT", unit));
    }
    file(root + "files/a.log", "a\n");
    file(root + "files/b.log", "b\n");
    file(root + "kubelet/healthz.txt", "ok");
    file(root + "kubelet/configz.json", "{}");
    file(root + "kubelet/pods.json", "{}");
  }

  private void file(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
