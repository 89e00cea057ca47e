package dev.diagbundle.collect;

import module java.base;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.bundle.write.OverBudgetException;
import dev.diagbundle.cluster.ServerInfo;
import dev.diagbundle.collect.task.Entries;
import dev.diagbundle.collect.task.ItemRegistry;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.yaml.YamlText;
import dev.diagbundle.redact.RedactionException;

/// The entries that describe the run: its profile and the versions of diagbundle and the cluster.
///
/// @param modified time of the entries
record RunEntries(Entries entries, ItemRegistry registry, Instant modified) {
  private static final ObjectMapper JSON = new ObjectMapper();

  void write(CollectRequest request, ServerInfo handshake) throws IOException {
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
    try (var entry = entries.open(EntryPath.of(path.split("/")), "", modified, Long.MAX_VALUE)) {
      entry.write(text.getBytes(StandardCharsets.UTF_8));
      entry.commit();
    } catch (OverBudgetException e) {
      missing(path, new Outcome.Skipped(Reason.LIMIT, "no space left in the bundle"));
    } catch (RedactionException e) {
      missing(path, new Outcome.Failed(Reason.INTERNAL, String.valueOf(e.getMessage())));
    }
  }

  private void missing(String path, Outcome outcome) {
    var id = "run/" + path;
    registry.plan(id, ItemKind.RUN, "", path);
    registry.end(id, outcome, Duration.ZERO);
  }
}
