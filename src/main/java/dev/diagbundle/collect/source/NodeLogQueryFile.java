package dev.diagbundle.collect.source;

import module java.base;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.nodelog.KubeletVersion;
import dev.diagbundle.cluster.nodelog.LogQuerySupport;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.EntryPath;

/// The file `nodes/<node>/log-query.json`, with the properties of the log query of a node: it shows
/// a reader how far the node's logs can be trusted.
final class NodeLogQueryFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_BYTES = 64 << 10;

  private NodeLogQueryFile() {}

  static void write(
      LogQuerySupport query, NodeSummary node, EntryPath folder, Planner planner, TaskScope scope)
      throws IOException {
    var path = folder.child("log-query.json");
    // It describes the node and belongs to no item: a log that is missing stays missing.
    try (var entry =
        scope.entries().open(path, "", planner.window().clock().instant(), MAX_BYTES)) {
      entry.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(query, node)));
      entry.commit();
    }
  }

  static ObjectNode json(LogQuerySupport query, NodeSummary node) {
    var json = JSON.createObjectNode();
    json.put("state", query.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("answer", query.said());
    json.put("kubeletVersion", node.kubeletVersion());
    json.put("operatingSystem", node.os());
    json.put("clockAheadOfLocalMillis", query.skew().toMillis());
    zone(query, node, json);
    var parsed = KubeletVersion.parse(node.kubeletVersion());
    if (parsed.isPresent() && !parsed.get().takesPatternSafely(node.isWindows())) {
      json.put(
          "warning",
          "this kubelet executes commands embedded in a log query's pattern (CVE-2024-9042);"
              + " diagbundle sends no pattern");
    }
    return json;
  }

  private static void zone(LogQuerySupport query, NodeSummary node, ObjectNode json) {
    if (node.isWindows()) {
      query.windowsZone().ifPresent(zone -> json.put("utcOffset", text(zone)));
      return;
    }
    if (query.state() != LogQuerySupport.State.ON) {
      return;
    }
    var certainty = query.zone().certainty();
    var offset = text(ZoneOffset.ofTotalSeconds((int) query.zone().bound().toSeconds()));
    // Readers of a bundle take an offset for that of the node, and UTC if there is none.
    switch (certainty) {
      case PROVEN, LIKELY -> json.put("utcOffset", offset);
      case AT_LEAST -> json.put("utcOffsetAtLeast", offset);
      case UNKNOWN -> {}
    }
    json.put("utcOffsetCertainty", certainty.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static String text(ZoneOffset offset) {
    return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.toString();
  }
}
