package dev.diagbundle.bundle.manifest;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import org.jspecify.annotations.Nullable;

/// A parser of the JSON of a manifest, record by record. The text may be hostile: anything invalid
/// ends in an [IOException].
final class ManifestParser {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build());

  private final Optional<Predicate<EntryPath>> wanted;
  private @Nullable String format;
  private Manifest.@Nullable Run run;
  private @Nullable List<Item> items;
  private @Nullable List<Entry> entries;

  private String lastStamp = "";
  private Instant lastModified = Instant.EPOCH;

  private ManifestParser(Optional<Predicate<EntryPath>> wanted) {
    this.wanted = wanted;
  }

  /// @param wanted if present, only the entries with such paths are kept, and no items
  static Manifest parse(InputStream in, Optional<Predicate<EntryPath>> wanted) throws IOException {
    try (var json = MAPPER.createParser(in)) {
      return new ManifestParser(wanted).parse(json);
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
        case "items" -> items = items(json);
        case "entries" -> entries = entries(json);
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

  private List<Item> items(JsonParser json) throws IOException {
    if (wanted.isPresent()) {
      json.skipChildren();
      return List.of();
    }
    require(json.currentToken() == JsonToken.START_ARRAY, "items are no list");
    var list = new PackedList.Builder<Item>(PackedRecords.ITEM);
    var fields = new RecordFields();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      fields.read(json);
      list.add(item(fields));
    }
    require(json.currentToken() == JsonToken.END_ARRAY, "an item is no object");
    return list.list();
  }

  private List<Entry> entries(JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, "entries are no list");
    var list = new PackedList.Builder<Entry>(PackedRecords.ENTRY);
    var fields = new RecordFields();
    Predicate<String> isWanted = path -> wanted.isEmpty() || wanted.get().test(new EntryPath(path));
    while (json.nextToken() == JsonToken.START_OBJECT) {
      if (fields.readIf(json, "path", isWanted)) {
        list.add(entry(fields));
      }
    }
    require(json.currentToken() == JsonToken.END_ARRAY, "an entry is no object");
    return list.list();
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

  private static Item item(RecordFields item) {
    return new Item(
        item.text("id"),
        ItemKind.ofLabel(item.text("kind")),
        item.text("node"),
        item.text("name"),
        outcome(item.fields("outcome")),
        item.number("receivedBytes"),
        Duration.ofMillis(item.number("durationMillis")),
        item.has("cluster") ? item.text("cluster") : "");
  }

  private static Outcome outcome(RecordFields fields) {
    var label = fields.text("status");
    return switch (label) {
      case "collected" -> new Outcome.Collected(fields.has("detail") ? fields.text("detail") : "");
      case "partial" -> new Outcome.Partial(reason(fields), fields.text("detail"));
      case "skipped" -> new Outcome.Skipped(reason(fields), fields.text("detail"));
      case "failed" -> new Outcome.Failed(reason(fields), fields.text("detail"));
      case "cancelled" -> new Outcome.Cancelled(fields.text("detail"));
      default -> throw new IllegalArgumentException("an outcome is " + label);
    };
  }

  private static Reason reason(RecordFields fields) {
    return Reason.ofLabel(fields.text("reason"));
  }

  private Entry entry(RecordFields entry) {
    return new Entry(
        new EntryPath(entry.text("path")),
        entry.number("bytes"),
        entry.text("sha256"),
        entry.number("offset"),
        entry.number("compressedBytes"),
        entry.number("lines"),
        modified(entry.text("modified")),
        entry.text("item"),
        entry.has("redactions") ? entry.fields("redactions").numbers() : Map.of());
  }

  /// Thousands of files in a row may have the same.
  private Instant modified(String stamp) {
    if (!stamp.equals(lastStamp)) {
      lastModified = Instant.parse(stamp);
      lastStamp = stamp;
    }
    return lastModified;
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
