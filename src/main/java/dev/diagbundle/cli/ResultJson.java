package dev.diagbundle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.bundle.Manifest;
import dev.diagbundle.collect.CollectResult;
import java.io.IOException;

/// A run's result as one JSON object, for programs.
final class ResultJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultJson() {}

  static String of(CollectResult result) throws IOException {
    var run = result.manifest().run();
    var json = JSON.createObjectNode();
    json.put("file", result.file().toAbsolutePath().toString());
    var files = json.putArray("files");
    result.files().forEach(file -> files.add(file.toAbsolutePath().toString()));
    json.put("bytes", result.bytes());
    json.put("rootFolder", run.rootFolder());
    json.put("complete", result.isComplete());
    json.put("interrupted", run.interrupted().orElse(""));
    var window = json.putObject("window");
    window.put("from", run.window().from().toString());
    window.put("to", run.window().to().toString());
    var clusters = json.putArray("clusters");
    for (Manifest.Part part : run.clusters()) {
      var cluster = clusters.addObject();
      cluster.put("name", part.name());
      cluster.put("context", part.identity().context());
      cluster.put("folder", part.place().prefix());
      cluster.put("version", part.identity().version());
      cluster.put("answered", part.answered());
      if (!part.answered()) {
        cluster.put("failure", part.failure());
      }
    }
    var outcomes = json.putObject("outcomes");
    for (Item item : result.manifest().items()) {
      var label = item.outcome().label();
      outcomes.put(label, outcomes.path(label).asInt(0) + 1);
    }
    return JSON.writeValueAsString(json);
  }
}
