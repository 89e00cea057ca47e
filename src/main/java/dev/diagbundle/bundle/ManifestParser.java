package dev.diagbundle.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the JSON of a manifest record by record. The text may be hostile: whatever is not as it
/// should be ends in an [IOException].
final class ManifestParser {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build());

  private @Nullable String format;
  private Manifest.@Nullable Run run;
  private @Nullable List<Item> items;
  private @Nullable List<Entry> entries;

  private ManifestParser() {}

  static Manifest parse(InputStream in) throws IOException {
    try (var json = MAPPER.createParser(in)) {
      return new ManifestParser().parse(json);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new IOException("manifest.json: " + e.getMessage(), e);
    }
  }

  private Manifest parse(JsonParser json) throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "no object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      json.nextToken();
      switch (name) {
        case "format" -> format = json.getText();
        case "run" -> run = run(MAPPER.readTree(json));
        case "items" -> items = list(json, ManifestParser::item);
        case "entries" -> entries = list(json, ManifestParser::entry);
        default -> json.skipChildren();
      }
    }
    require(json.currentToken() == JsonToken.END_OBJECT, "no end");
    if (!Manifest.FORMAT.equals(format)) {
      throw new IllegalArgumentException("the format is " + format + ", not " + Manifest.FORMAT);
    }
    if (run == null || items == null || entries == null) {
      throw new IllegalArgumentException("run, items or entries are missing");
    }
    return new Manifest(run, items, entries);
  }

  private interface Reading<T> {
    T of(JsonNode node);
  }

  private static <T> List<T> list(JsonParser json, Reading<T> reading) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, "items or entries are no list");
    var list = new ArrayList<T>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      list.add(reading.of(MAPPER.readTree(json)));
    }
    require(json.currentToken() == JsonToken.END_ARRAY, "an item or entry is no object");
    return list;
  }

  private static Manifest.Run run(JsonNode node) {
    var command = new ArrayList<String>();
    field(node, "command").forEach(word -> command.add(word.asText()));
    var clusters = new ArrayList<Manifest.Part>();
    node.path("clusters").forEach(part -> clusters.add(part(part)));
    return new Manifest.Run(
        text(node, "toolVersion"),
        text(node, "profile"),
        command,
        identity(field(node, "cluster")),
        window(field(node, "window")),
        instant(node, "started"),
        instant(node, "finished"),
        Duration.ofMillis(number(node, "clockSkewMillis")),
        node.has("interrupted") ? Optional.of(text(node, "interrupted")) : Optional.empty(),
        text(node, "rootFolder"),
        clusters);
  }

  private static Manifest.Part part(JsonNode node) {
    var folder = text(node, "folder");
    require(!folder.isEmpty(), "a cluster has no folder");
    return new Manifest.Part(
        new ClusterPlace(folder),
        identity(field(node, "cluster")),
        window(field(node, "window")),
        instant(node, "started"),
        Duration.ofMillis(number(node, "clockSkewMillis")),
        node.has("failure") ? text(node, "failure") : "");
  }

  private static Manifest.ClusterIdentity identity(JsonNode node) {
    return new Manifest.ClusterIdentity(
        text(node, "name"),
        text(node, "context"),
        text(node, "server"),
        text(node, "version"),
        text(node, "user"));
  }

  private static TimeWindow window(JsonNode node) {
    return new TimeWindow(instant(node, "from"), instant(node, "to"));
  }

  private static Item item(JsonNode node) {
    return new Item(
        text(node, "id"),
        text(node, "kind"),
        text(node, "node"),
        text(node, "name"),
        outcome(field(node, "outcome")),
        number(node, "receivedBytes"),
        Duration.ofMillis(number(node, "tookMillis")),
        node.has("cluster") ? text(node, "cluster") : "");
  }

  private static Outcome outcome(JsonNode node) {
    var label = text(node, "outcome");
    return switch (label) {
      case "collected" -> new Outcome.Collected(node.has("detail") ? text(node, "detail") : "");
      case "partial" -> new Outcome.Partial(reason(node), text(node, "detail"));
      case "skipped" -> new Outcome.Skipped(reason(node), text(node, "detail"));
      case "failed" -> new Outcome.Failed(reason(node), text(node, "detail"));
      case "cancelled" -> new Outcome.Cancelled(text(node, "detail"));
      default -> throw new IllegalArgumentException("an outcome is " + label);
    };
  }

  private static Reason reason(JsonNode node) {
    return Reason.ofLabel(text(node, "reason"));
  }

  private static Entry entry(JsonNode node) {
    return new Entry(
        new EntryPath(text(node, "path")),
        number(node, "bytes"),
        text(node, "sha256"),
        number(node, "offset"),
        number(node, "compressedBytes"),
        number(node, "lines"),
        instant(node, "modified"),
        text(node, "item"),
        redactions(node.path("redactions")));
  }

  private static Map<String, Long> redactions(JsonNode node) {
    var counts = new HashMap<String, Long>();
    node.fieldNames().forEachRemaining(rule -> counts.put(rule, number(node, rule)));
    return counts;
  }

  private static Instant instant(JsonNode node, String name) {
    return Instant.parse(text(node, name));
  }

  private static String text(JsonNode node, String name) {
    var field = field(node, name);
    if (!field.isTextual()) {
      throw new IllegalArgumentException(name + " is no text");
    }
    return field.textValue();
  }

  private static long number(JsonNode node, String name) {
    var field = field(node, name);
    if (!field.isIntegralNumber() || !field.canConvertToLong()) {
      throw new IllegalArgumentException(name + " is no whole number");
    }
    return field.longValue();
  }

  private static JsonNode field(JsonNode node, String name) {
    var field = node.get(name);
    if (field == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return field;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
