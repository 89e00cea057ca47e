package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// The PowerShell of a Windows node, as `node.json` describes it.
///
/// @param codePage what it writes in (`codePage`, for example `IBM850`; default UTF-8)
/// @param time how its culture writes times (`powerShell.time`, a pattern of Java)
/// @param columns the width of its console (`powerShell.columns`)
/// @param start how long it works before it looks at an event (`powerShell.startMillis`)
/// @param event how long it works at one event (`powerShell.eventMicros`)
/// @param limit when the kubelet ends it (`powerShell.limitMillis`)
record PowerShell(
    Charset codePage,
    DateTimeFormatter time,
    int columns,
    Duration start,
    Duration event,
    Duration limit) {
  static PowerShell of(ClusterData data, NodeData node) throws IOException {
    JsonNode json = data.tree(node.folder() + "node.json");
    var settings = json.path("powerShell");
    return new PowerShell(
        Charset.forName(json.path("codePage").asText("UTF-8")),
        DateTimeFormatter.ofPattern(settings.path("time").asText("M/d/yyyy h:mm:ss a"), Locale.US),
        settings.path("columns").asInt(120),
        Duration.ofMillis(settings.path("startMillis").asLong(0)),
        Duration.ofNanos(1000 * settings.path("eventMicros").asLong(0)),
        Duration.ofMillis(settings.path("limitMillis").asLong(30_000)));
  }
}
