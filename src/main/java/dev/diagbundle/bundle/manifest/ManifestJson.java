package dev.diagbundle.bundle.manifest;

import module java.base;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.TimeWindow;

/// The JSON form of [Manifest], as `doc/manifest.schema.json` describes it: fields in a fixed
/// order, one item and one entry on a line. Durations are cut to milliseconds.
public final class ManifestJson {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private ManifestJson() {}

  /// Writes the manifest, which ends in a line feed. Does not close the stream.
  public static void write(Manifest manifest, OutputStream out) throws IOException {
    try (var json = FACTORY.createGenerator(out, JsonEncoding.UTF8)) {
      json.setPrettyPrinter(new LinePerRecordPrinter(0));
      json.writeStartObject();
      json.writeStringField("format", Manifest.FORMAT);
      json.writeFieldName("run");
      write(json, manifest.run());
      json.writeArrayFieldStart("items");
      for (Item item : manifest.items()) {
        write(json, item);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("entries");
      for (Entry entry : manifest.entries()) {
        write(json, entry);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /// Reads a manifest; unknown fields are skipped. Does not close the stream.
  ///
  /// @throws IOException if the stream fails or holds no such manifest
  public static Manifest read(InputStream in) throws IOException {
    return ManifestParser.parse(in, Optional.empty());
  }

  /// Reads only the run and the files with such paths from a manifest; it has no items then.
  ///
  /// @throws IOException if the stream fails or holds no such manifest
  public static Manifest readOnly(InputStream in, Predicate<EntryPath> wanted) throws IOException {
    return ManifestParser.parse(in, Optional.of(wanted));
  }

  /// The number of bytes that the entry adds to a manifest.
  public static long lengthOf(Entry entry) {
    var line = new ByteArrayOutputStream(512);
    try (var json = FACTORY.createGenerator(line, JsonEncoding.UTF8)) {
      json.setPrettyPrinter(new LinePerRecordPrinter(LinePerRecordPrinter.RECORD_DEPTH));
      write(json, entry);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    // A comma, a line break and four spaces precede it.
    return line.size() + 6L;
  }

  private static void write(JsonGenerator json, Manifest.Run run) throws IOException {
    json.writeStartObject();
    string(json, "toolVersion", run.toolVersion());
    string(json, "profile", run.profile());
    json.writeArrayFieldStart("command");
    for (String word : run.command()) {
      json.writeString(wellFormed(word));
    }
    json.writeEndArray();
    write(json, run.cluster());
    write(json, run.window());
    json.writeStringField("started", run.started().toString());
    json.writeStringField("finished", run.finished().toString());
    json.writeNumberField("clockSkewMillis", run.clockSkew().toMillis());
    if (run.interrupted().isPresent()) {
      string(json, "interrupted", run.interrupted().get());
    }
    string(json, "rootFolder", run.rootFolder());
    if (run.hasSeveral()) {
      json.writeArrayFieldStart("clusters");
      for (Manifest.Part part : run.clusters()) {
        write(json, part);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Manifest.Part part) throws IOException {
    json.writeStartObject();
    string(json, "folder", part.place().folder());
    write(json, part.identity());
    write(json, part.window());
    json.writeStringField("started", part.started().toString());
    json.writeNumberField("clockSkewMillis", part.clockSkew().toMillis());
    if (!part.answered()) {
      string(json, "failure", part.failure());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Manifest.ClusterIdentity cluster)
      throws IOException {
    json.writeObjectFieldStart("cluster");
    string(json, "name", cluster.name());
    string(json, "context", cluster.context());
    string(json, "server", cluster.server());
    string(json, "version", cluster.version());
    string(json, "user", cluster.user());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, TimeWindow window) throws IOException {
    json.writeObjectFieldStart("window");
    json.writeStringField("from", window.from().toString());
    json.writeStringField("to", window.to().toString());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Item item) throws IOException {
    json.writeStartObject();
    string(json, "id", item.id());
    json.writeStringField("kind", item.kind().label());
    string(json, "node", item.node());
    string(json, "name", item.name());
    json.writeFieldName("outcome");
    write(json, item.outcome());
    json.writeNumberField("receivedBytes", item.receivedBytes());
    json.writeNumberField("durationMillis", item.took().toMillis());
    if (!item.cluster().isEmpty()) {
      string(json, "cluster", item.cluster());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Outcome outcome) throws IOException {
    json.writeStartObject();
    json.writeStringField("status", outcome.label());
    var reason = outcome.why();
    if (reason.isPresent()) {
      json.writeStringField("reason", reason.get().label());
    }
    if (reason.isPresent() || !outcome.words().isEmpty()) {
      string(json, "detail", outcome.words());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Entry entry) throws IOException {
    json.writeStartObject();
    string(json, "path", entry.path().value());
    json.writeNumberField("bytes", entry.bytes());
    json.writeStringField("sha256", entry.sha256());
    json.writeNumberField("offset", entry.offset());
    json.writeNumberField("compressedBytes", entry.compressedBytes());
    json.writeNumberField("lines", entry.lines());
    json.writeStringField("modified", entry.modified().toString());
    string(json, "item", entry.item());
    if (!entry.redactions().isEmpty()) {
      json.writeObjectFieldStart("redactions");
      for (Map.Entry<String, Long> redaction : entry.redactions().entrySet()) {
        json.writeNumberField(wellFormed(redaction.getKey()), redaction.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void string(JsonGenerator json, String name, String value) throws IOException {
    json.writeStringField(name, wellFormed(value));
  }

  /// Half a surrogate pair, which an API server's JSON can smuggle in, would fail the writing of
  /// the manifest with an exception; it becomes a question mark.
  private static String wellFormed(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
