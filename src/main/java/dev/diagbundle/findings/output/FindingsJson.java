package dev.diagbundle.findings.output;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// Findings for programs: `findings.json`, whose JSON Schema is `doc/findings.schema.json`.
public final class FindingsJson implements FindingsOutput {
  /// The value of `format`; the schema documents the changes that are allowed under it.
  public static final String FORMAT = "diagbundle.dev/findings/v1";

  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public void write(Analysis analysis, String name, OutputStream out) throws IOException {
    try (var json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("bundle", name);
      json.writeObjectFieldStart("checks");
      json.writeNumberField("total", analysis.results().size());
      json.writeNumberField("ran", analysis.ran());
      json.writeNumberField("unknown", analysis.unknown().size());
      json.writeNumberField("ignored", analysis.ignored().size());
      json.writeEndObject();
      json.writeObjectFieldStart("findings");
      for (Severity severity : Severity.values()) {
        json.writeNumberField(severity.label(), analysis.count(severity));
      }
      json.writeEndObject();
      writeAll(json, "bundleFindings", analysis.bundle());
      writeAll(json, "rootFindings", analysis.roots());
      writeAll(json, "collectionFindings", analysis.collection());
      writeResults(json, analysis);
      json.writeEndObject();
    }
  }

  private static void writeAll(JsonGenerator json, String name, List<Finding> findings)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Finding finding : findings) {
      write(json, finding);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", finding.id());
    json.writeStringField("cluster", finding.cluster());
    json.writeStringField("severity", finding.severity().label());
    json.writeStringField("layer", finding.check().layer().label());
    json.writeBooleanField("recovered", finding.recovered());
    json.writeStringField("title", finding.title());
    json.writeStringField("cause", finding.cause());
    json.writeNumberField("count", finding.count());
    json.writeNumberField("occurrences", finding.occurrences());
    if (finding.firstSeen().isPresent()) {
      json.writeStringField("firstSeen", finding.firstSeen().get().toString());
    }
    if (finding.lastSeen().isPresent()) {
      json.writeStringField("lastSeen", finding.lastSeen().get().toString());
    }
    writeNames(json, "objects", finding.objects());
    writeNames(json, "owners", finding.owners());
    json.writeArrayFieldStart("nodes");
    for (String node : finding.nodes()) {
      json.writeString(node);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("evidence");
    for (Evidence evidence : finding.evidence()) {
      write(json, evidence);
    }
    json.writeEndArray();
    if (!finding.meaning().isEmpty()) {
      json.writeStringField("meaning", finding.meaning());
    }
    json.writeStringField("remedy", finding.remedy());
    if (!finding.check().docs().isEmpty()) {
      json.writeStringField("docs", finding.check().docs());
    }
    writeAll(json, "symptoms", finding.symptoms());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Evidence evidence) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", evidence.path());
    json.writeNumberField("from", evidence.from());
    json.writeNumberField("to", evidence.to());
    json.writeArrayFieldStart("lines");
    for (String line : evidence.lines()) {
      json.writeString(line);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeNames(JsonGenerator json, String field, List<ObjectName> names)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (ObjectName name : names) {
      json.writeStartObject();
      json.writeStringField("kind", name.kind());
      json.writeStringField("namespace", name.namespace());
      json.writeStringField("name", name.name());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeResults(JsonGenerator json, Analysis analysis) throws IOException {
    json.writeArrayFieldStart("results");
    for (var result : analysis.results()) {
      json.writeStartObject();
      json.writeStringField("id", result.check().id());
      json.writeStringField("cluster", result.cluster());
      json.writeStringField("result", result.verdict().label().toLowerCase(Locale.ROOT));
      json.writeArrayFieldStart("missing");
      for (String missing : result.verdict().gaps()) {
        json.writeString(missing);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
