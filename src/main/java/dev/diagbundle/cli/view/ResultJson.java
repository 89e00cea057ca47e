package dev.diagbundle.cli.view;

import module java.base;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.collect.CollectResult;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Severity;

/// The result of a run as one JSON object.
public final class ResultJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultJson() {}

  public static String of(CollectResult result, Optional<Analysis> analysis) throws IOException {
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
    if (analysis.isPresent()) {
      add(analysis.get(), json.putObject("findings"));
    }
    return JSON.writeValueAsString(json);
  }

  private static void add(Analysis analysis, ObjectNode json) {
    for (Severity severity : Severity.values()) {
      json.put(severity.label(), analysis.count(severity));
    }
    json.put("checks", analysis.results().size());
    json.put("ran", analysis.ran());
    var bundle = json.putArray("bundle");
    analysis.bundle().forEach(finding -> add(finding, bundle.addObject()));
    var collection = json.putArray("collection");
    analysis.collection().stream()
        .filter(finding -> finding.severity() == Severity.CRITICAL)
        .forEach(finding -> add(finding, collection.addObject()));
    var first = json.putArray("first");
    analysis.roots().stream()
        .limit(FindingsSummary.MAX_ROOTS)
        .forEach(finding -> add(finding, first.addObject()));
  }

  private static void add(Finding finding, ObjectNode json) {
    json.put("id", finding.id());
    json.put("cluster", finding.cluster());
    json.put("severity", finding.severity().label());
    json.put("title", finding.title());
    finding.evidence().stream()
        .findFirst()
        .ifPresent(evidence -> {
          json.put("path", evidence.path());
          json.put("line", evidence.from());
        });
    json.put("symptoms", finding.symptomCount());
  }
}
