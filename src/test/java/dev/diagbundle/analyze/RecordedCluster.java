package dev.diagbundle.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// What was recorded of the real cluster with the nodes `rig-1` and `rig-2` at 03:15:04, laid out
/// as in a bundle that nothing was taken out of.
public final class RecordedCluster {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OBJECTS = "/describe/kubectl-1.32/";
  private static final String POD_LOGS = "cluster-resources/pods/logs/shop/";

  private RecordedCluster() {}

  /// Everything.
  public static ClusterBundle whole() throws IOException {
    var bundle = new ClusterBundle();
    bundle.objects("nodes.json", texts(lines("nodes.jsonl")));
    addNamespaced(bundle, "leases", lines("leases.jsonl"));
    bundle.objects("namespaces.json", texts(items("020-namespaces")));
    addNamespaced(bundle, "deployments", items("016-deployments"));
    addNamespaced(bundle, "replicasets", items("017-replicasets"));
    addShop(bundle, "");
    bundle.file(
        "cluster-resources/groups.json", JSON.readTree(body("003-apis")).path("groups").toString());
    bundle
        .file("api/readyz", body("006-readyz"))
        .file("api/livez", body("007-livez"))
        .file("nodes/rig-1/kubelet/configz.json", body("053-kubelet-configz-query-enabled"))
        .file("nodes/rig-2/kubelet/configz.json", body("054-kubelet-configz-query-disabled"))
        .file("nodes/rig-1/kubelet/stats-summary.json", body("057-kubelet-stats-summary"))
        .file("nodes/rig-1/kubelet/metrics.txt", body("059-kubelet-metrics"))
        .file("nodes/rig-1/services/kubelet.log", body("024-nodelogs-kubelet-since"));
    return bundle;
  }

  /// What the account `shop/viewer` may read.
  public static ClusterBundle ofViewer() throws IOException {
    var bundle = new ClusterBundle();
    addShop(bundle, "shop");
    return bundle;
  }

  /// @param only a namespace; empty for all
  private static void addShop(ClusterBundle bundle, String only) throws IOException {
    addNamespaced(bundle, "pods", of(only, lines("pods.jsonl")));
    addNamespaced(bundle, "events", of(only, lines("events.jsonl.gz")));
    addNamespaced(bundle, "services", of(only, items("018-services")));
    addNamespaced(bundle, "endpointslices", of(only, items("019-endpointslices")));
    bundle
        .file(POD_LOGS + "web/app.log", body("061-podlog-tail"))
        .file(POD_LOGS + "initfail/migrate.log", body("069-podlog-init"))
        .file(POD_LOGS + "crash/app-previous.log", body("066-podlog-previous"))
        .file(POD_LOGS + "web/app-previous.log", body("067-podlog-previous-none"));
  }

  private static List<JsonNode> of(String namespace, List<JsonNode> objects) {
    return objects.stream()
        .filter(each ->
            namespace.isEmpty()
                || each.path("metadata").path("namespace").asText().equals(namespace))
        .toList();
  }

  private static void addNamespaced(ClusterBundle bundle, String folder, List<JsonNode> objects) {
    var byNamespace = new LinkedHashMap<String, List<JsonNode>>();
    for (JsonNode object : objects) {
      var namespace = object.path("metadata").path("namespace").asText();
      byNamespace.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(object);
    }
    for (Map.Entry<String, List<JsonNode>> each : byNamespace.entrySet()) {
      bundle.objects(folder + "/" + each.getKey() + ".json", texts(each.getValue()));
    }
  }

  private static String[] texts(List<JsonNode> objects) {
    return objects.stream().map(JsonNode::toString).toArray(String[]::new);
  }

  private static List<JsonNode> items(String recording) throws IOException {
    var items = new ArrayList<JsonNode>();
    JSON.readTree(body(recording)).path("items").forEach(items::add);
    return items;
  }

  /// The body of an answer: what follows the second empty line.
  static String body(String recording) throws IOException {
    try (var in = resource("/recordings/http/" + recording + ".http")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      int headers = text.indexOf("\n\n") + 2;
      return text.substring(text.indexOf("\n\n", headers) + 2);
    }
  }

  private static List<JsonNode> lines(String name) throws IOException {
    var objects = new ArrayList<JsonNode>();
    try (var in = resource(OBJECTS + name);
        var plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in;
        var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        objects.add(JSON.readTree(line));
      }
    }
    return objects;
  }

  private static InputStream resource(String path) {
    return Objects.requireNonNull(RecordedCluster.class.getResourceAsStream(path), path);
  }
}
