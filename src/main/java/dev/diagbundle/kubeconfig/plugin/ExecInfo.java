package dev.diagbundle.kubeconfig.plugin;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The value of the variable `KUBERNETES_EXEC_INFO`, as client-go writes it: an `ExecCredential`
/// without a status.
final class ExecInfo {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ExecInfo() {}

  /// @param interactive whether the plugin may read from standard input
  /// @param cluster of the connection, if the plugin is told about it
  static String of(String apiVersion, boolean interactive, Optional<ClusterInfo> cluster) {
    var spec = NODES.objectNode();
    cluster.ifPresent(info -> spec.set("cluster", json(info)));
    spec.put("interactive", interactive);
    var root = NODES.objectNode().put("kind", "ExecCredential").put("apiVersion", apiVersion);
    root.set("spec", spec);
    return escaped(root.toString()) + "\n";
  }

  private static ObjectNode json(ClusterInfo info) {
    var json = NODES.objectNode().put("server", info.server());
    info.tlsServerName().ifPresent(name -> json.put("tls-server-name", name));
    if (info.insecure()) {
      json.put("insecure-skip-tls-verify", true);
    }
    info.authorities()
        .ifPresent(pem ->
            json.put(
                "certificate-authority-data",
                Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.ISO_8859_1))));
    info.proxyUrl().ifPresent(url -> json.put("proxy-url", url));
    if (info.uncompressed()) {
      json.put("disable-compression", true);
    }
    return json.set("config", info.config().map(ExecInfo::sorted).orElse(NODES.nullNode()));
  }

  /// The value with the keys of all maps in order, as Go writes them.
  private static JsonNode sorted(JsonNode value) {
    if (value instanceof ArrayNode list) {
      var copy = NODES.arrayNode();
      list.forEach(element -> copy.add(sorted(element)));
      return copy;
    }
    if (!(value instanceof ObjectNode map)) {
      return value.isMissingNode() ? NODES.nullNode() : value;
    }
    var keys = new TreeSet<String>();
    map.fieldNames().forEachRemaining(keys::add);
    var copy = NODES.objectNode();
    keys.forEach(key -> copy.set(key, sorted(map.get(key))));
    return copy;
  }

  /// Go's JSON has no characters with a meaning in HTML or JavaScript. All of them are in texts.
  private static String escaped(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
