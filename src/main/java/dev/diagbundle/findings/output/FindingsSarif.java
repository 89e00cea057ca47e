package dev.diagbundle.findings.output;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.model.Printable;

/// Findings for code scanning: SARIF 2.1.0
/// (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>). Locations are paths below
/// the bundle's root folder.
public final class FindingsSarif implements FindingsOutput {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private final String version;

  /// @param version the version of diagbundle
  public FindingsSarif(String version) {
    this.version = version;
  }

  @Override
  public void write(Analysis analysis, String name, OutputStream out) throws IOException {
    try (var json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      writeTool(json, analysis);
      json.writeArrayFieldStart("results");
      for (Finding finding : analysis.all()) {
        writeResult(json, finding);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void writeTool(JsonGenerator json, Analysis analysis) throws IOException {
    var checks = new TreeMap<String, Check>();
    analysis.results().forEach(result -> checks.put(result.check().id(), result.check()));
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "diagbundle");
    json.writeStringField("version", version);
    json.writeArrayFieldStart("rules");
    for (Check check : checks.values()) {
      json.writeStartObject();
      json.writeStringField("id", check.id());
      if (!check.docs().isEmpty()) {
        json.writeStringField("helpUri", check.docs());
      }
      if (!check.about().isEmpty()) {
        json.writeObjectFieldStart("fullDescription");
        json.writeStringField("text", check.about());
        json.writeEndObject();
      }
      json.writeObjectFieldStart("help");
      json.writeStringField("text", check.remedy());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeResult(JsonGenerator json, Finding finding) throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.id());
    json.writeStringField(
        "level",
        switch (finding.severity()) {
          case CRITICAL -> "error";
          case WARNING -> "warning";
          case INFO -> "note";
        });
    json.writeObjectFieldStart("message");
    json.writeStringField("text", Printable.line(finding.title()));
    json.writeEndObject();
    json.writeNumberField("occurrenceCount", finding.occurrences());
    json.writeArrayFieldStart("locations");
    for (Evidence evidence : finding.evidence()) {
      writePlace(json, evidence);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writePlace(JsonGenerator json, Evidence evidence) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(evidence.path()));
    json.writeEndObject();
    if (evidence.from() > 0) {
      json.writeObjectFieldStart("region");
      json.writeNumberField("startLine", evidence.from());
      json.writeNumberField("endLine", Math.max(evidence.from(), evidence.to()));
      if (!evidence.lines().isEmpty()) {
        json.writeObjectFieldStart("snippet");
        json.writeStringField("text", String.join("\n", evidence.lines()));
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String uri(String path) {
    try {
      return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
