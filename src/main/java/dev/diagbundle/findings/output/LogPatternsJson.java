package dev.diagbundle.findings.output;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.diagbundle.findings.LogPatterns;

/// Error patterns of logs for programs: `log-patterns.json`, whose JSON Schema is
/// `doc/log-patterns.schema.json`.
public final class LogPatternsJson {
  /// The value of `format`; the schema documents the changes that are allowed under it.
  public static final String FORMAT = "diagbundle.dev/log-patterns/v1";

  /// The maximum number of patterns written for each cluster.
  public static final int MAX_PATTERNS = 1_000;

  private static final JsonFactory JSON = new JsonFactory();

  /// Writes all patterns. Flushes the stream and leaves it open.
  ///
  /// @param patterns the patterns of each cluster
  /// @param name the bundle's name
  public void write(List<LogPatterns> patterns, String name, OutputStream out) throws IOException {
    try (var json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeStringField("bundle", name);
      json.writeArrayFieldStart("clusters");
      for (LogPatterns each : patterns) {
        write(json, each);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void write(JsonGenerator json, LogPatterns patterns) throws IOException {
    var totals = patterns.totals();
    json.writeStartObject();
    json.writeStringField("cluster", patterns.cluster());
    json.writeNumberField("logs", totals.logs());
    json.writeNumberField("incompleteLogs", totals.incomplete());
    json.writeNumberField("lines", totals.lines());
    json.writeNumberField("errors", totals.errors());
    json.writeNumberField("untimed", totals.untimed());
    json.writeNumberField("outsideWindow", totals.outside());
    json.writeStringField("from", patterns.from().toString());
    json.writeNumberField("binMillis", patterns.bin().toMillis());
    int shown = Math.min(MAX_PATTERNS, patterns.patterns().size());
    json.writeNumberField(
        "otherPatterns", patterns.patterns().size() - shown + patterns.others().patterns());
    json.writeNumberField("droppedPatterns", patterns.dropped());
    json.writeArrayFieldStart("patterns");
    for (var pattern : patterns.patterns().subList(0, shown)) {
      write(json, pattern);
    }
    json.writeEndArray();
    json.writeNumberField("otherLogs", patterns.others().logs());
    json.writeNumberField("otherErrors", patterns.others().errors());
    json.writeArrayFieldStart("sources");
    for (var source : patterns.sources()) {
      write(json, source);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, LogPatterns.Pattern pattern) throws IOException {
    // A line for each, so that the file can be read and compared without a tool.
    json.writeRaw('\n');
    json.writeStartObject();
    json.writeStringField("pattern", pattern.text());
    json.writeNumberField("count", pattern.count());
    json.writeNumberField("sources", pattern.sources());
    writeTime(json, "firstSeen", pattern.firstSeen());
    writeTime(json, "lastSeen", pattern.lastSeen());
    json.writeStringField("path", pattern.path());
    json.writeNumberField("line", pattern.line());
    json.writeStringField("example", pattern.example());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, LogPatterns.Source source) throws IOException {
    json.writeRaw('\n');
    json.writeStartObject();
    json.writeStringField("path", source.path());
    json.writeStringField("node", source.node());
    json.writeNumberField("lines", source.lines());
    json.writeNumberField("errors", source.errors());
    writeTime(json, "from", source.from());
    writeTime(json, "to", source.to());
    json.writeBooleanField("complete", source.complete());
    json.writeArrayFieldStart("bins");
    source
        .bins()
        .<IOException>each((bin, count) -> {
          json.writeStartArray();
          json.writeNumber(bin);
          json.writeNumber(count);
          json.writeEndArray();
        });
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeTime(JsonGenerator json, String field, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      json.writeStringField(field, time.get().toString());
    }
  }
}
