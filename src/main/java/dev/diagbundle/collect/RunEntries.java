package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.bundle.BundleWriter;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.profile.YamlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Writes the entries that say what the run is: its profile and the versions of both sides.
///
/// @param modified of the entries
record RunEntries(BundleWriter bundle, Instant modified) {
  private static final ObjectMapper JSON = new ObjectMapper();

  void write(CollectRequest request, Handshake handshake) throws IOException {
    write("profile.yaml", request.profileText());
    var version = JSON.createObjectNode();
    version.put("apiVersion", "troubleshoot.sh/v1beta2");
    version.put("kind", "SupportBundle");
    var spec = version.putObject("spec");
    spec.put("versionNumber", request.toolVersion());
    write("version.yaml", YamlText.of(version));
    if (!handshake.version().isMissingNode()) {
      ObjectNode cluster = JSON.createObjectNode();
      cluster.set("info", handshake.version());
      cluster.put("string", handshake.gitVersion());
      write(
          "cluster-info/cluster_version.json",
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(cluster) + "\n");
    }
  }

  private void write(String path, String text) throws IOException {
    try (var entry = bundle.open(EntryPath.of(path.split("/")), "", modified)) {
      entry.write(text.getBytes(StandardCharsets.UTF_8));
      entry.commit();
    }
  }
}
