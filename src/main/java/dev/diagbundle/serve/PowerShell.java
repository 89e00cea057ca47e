package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// The PowerShell of a Windows node, as `node.json` describes it.
///
/// @param codePage encoding of its output (`codePage`, for example `IBM850`; default UTF-8)
/// @param time time format of its culture (`powerShell.time`, a Java pattern)
/// @param columns the width of its console (`powerShell.columns`)
/// @param start processing time before the first event (`powerShell.startMillis`)
/// @param event processing time per event (`powerShell.eventMicros`)
/// @param limit time after which the kubelet ends it (`powerShell.limitMillis`)
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
