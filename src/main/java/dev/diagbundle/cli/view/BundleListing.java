package dev.diagbundle.cli.view;

import module java.base;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Reason;
import org.jspecify.annotations.Nullable;

/// The output of `ls`: files with the outcome of their items, and items that leave gaps.
public final class BundleListing {
  private static final int MAX_DETAIL = 120;

  /// The layout of the listing.
  public enum Style {
    LIST,
    TREE,
    GAPS
  }

  private final Bundle bundle;
  private final List<Entry> files;
  private final List<Item> items;
  private final Map<String, Outcome> outcomes = new HashMap<>();

  /// @param files those to show, sorted by path
  /// @param items those to show
  public BundleListing(Bundle bundle, List<Entry> files, List<Item> items) {
    this.bundle = bundle;
    this.files = files;
    this.items = items;
    // Nearly all items are collected, without details: these share one outcome.
    var collected = new Outcome.Collected();
    for (Item item : bundle.manifest().items()) {
      outcomes.put(item.id(), item.outcome().equals(collected) ? collected : item.outcome());
    }
  }

  /// The listing of items that leave gaps, and their files.
  public BundleListing onlyGaps() {
    return new BundleListing(
        bundle,
        files.stream().filter(file -> leavesGap(outcomes.get(file.item()))).toList(),
        gaps());
  }

  public void writeText(OutputStream out, Style style) throws IOException {
    switch (style) {
      case LIST -> {
        for (Entry file : files) {
          line(out, size(file.bytes()) + "  " + label(file) + "  " + file.path());
        }
        writeItemsWithoutFiles(out);
      }
      case TREE -> {
        writeTree(out);
        writeItemsWithoutFiles(out);
      }
      case GAPS -> {
        for (Item item : items) {
          line(out, gap(item));
        }
      }
    }
  }

  public void writeJson(OutputStream out) throws IOException {
    try (var json = new JsonFactory().createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("form", bundle.form().name().toLowerCase(Locale.ROOT));
      json.writeStringField("rootFolder", bundle.manifest().run().rootFolder());
      json.writeBooleanField("hasManifest", bundle.hasManifest());
      json.writeArrayFieldStart("notices");
      for (String notice : bundle.notices()) {
        json.writeString(notice);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("files");
      for (Entry file : files) {
        json.writeRaw('\n');
        write(json, file);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("items");
      for (Item item : items) {
        json.writeRaw('\n');
        write(json, item);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private void writeItemsWithoutFiles(OutputStream out) throws IOException {
    var gaps = new LinkedHashMap<String, Item>();
    gaps().forEach(item -> gaps.put(item.id(), item));
    bundle.files().forEach(file -> gaps.remove(file.item()));
    for (Item item : gaps.values()) {
      line(out, "      -  " + gap(item));
    }
  }

  private void writeTree(OutputStream out) throws IOException {
    var counts = new HashMap<String, Integer>();
    var sizes = new HashMap<String, Long>();
    for (Entry file : files) {
      var path = file.path().value();
      for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
        counts.merge(path.substring(0, at), 1, Integer::sum);
        sizes.merge(path.substring(0, at), file.bytes(), Long::sum);
      }
    }
    var shown = new HashSet<String>();
    for (Entry file : files) {
      var path = file.path().value();
      int depth = 0;
      int start = 0;
      for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', start)) {
        var folder = path.substring(0, at);
        if (shown.add(folder)) {
          int count = counts.getOrDefault(folder, 0);
          var name = "  ".repeat(depth) + path.substring(start, at) + "/";
          var files = count == 1 ? "1 file" : count + " files";
          line(out, size(sizes.getOrDefault(folder, 0L)) + "  " + name + "  (" + files + ")");
        }
        depth++;
        start = at + 1;
      }
      var gap = outcomes.get(file.item());
      var why = gap == null ? "" : reason(gap);
      line(out, size(file.bytes()) + "  " + "  ".repeat(depth) + path.substring(start) + why);
    }
  }

  private List<Item> gaps() {
    return items.stream().filter(item -> item.outcome().leavesGap()).toList();
  }

  private static boolean leavesGap(@Nullable Outcome outcome) {
    return outcome != null && outcome.leavesGap();
  }

  private String label(Entry file) {
    var outcome = outcomes.get(file.item());
    return padded(outcome == null ? "" : outcome.label());
  }

  private static String gap(Item item) {
    var detail = Printable.line(item.outcome().words(), MAX_DETAIL);
    return padded(item.outcome().label())
        + "  "
        + Printable.line(item.id())
        + "  "
        + item.outcome().why().map(Reason::label).orElse("")
        + (detail.isEmpty() ? "" : ": " + detail);
  }

  private static String reason(Outcome outcome) {
    var why = outcome.why().map(reason -> ": " + reason.label()).orElse("");
    return outcome.leavesGap() ? "  [" + outcome.label() + why + "]" : "";
  }

  private static String size(long bytes) {
    var size = ByteSize.format(bytes).replace('\u00a0', ' ');
    return " ".repeat(Math.max(0, 7 - size.length())) + size;
  }

  /// Not by a format, which takes half of the time of a long list.
  private static String padded(String label) {
    return label + " ".repeat(Math.max(0, 9 - label.length()));
  }

  private static void line(OutputStream out, String text) throws IOException {
    out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void write(JsonGenerator json, Entry file) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", file.path().value());
    json.writeNumberField("bytes", file.bytes());
    json.writeNumberField("lines", file.lines());
    json.writeStringField("sha256", file.sha256());
    json.writeStringField("item", wellFormed(file.item()));
    var outcome = outcomes.get(file.item());
    if (outcome != null) {
      json.writeStringField("status", outcome.label());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Item item) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", wellFormed(item.id()));
    json.writeStringField("kind", item.kind().label());
    json.writeStringField("node", wellFormed(item.node()));
    json.writeStringField("name", wellFormed(item.name()));
    json.writeStringField("status", item.outcome().label());
    if (item.outcome().why().isPresent()) {
      json.writeStringField("reason", item.outcome().why().get().label());
    }
    json.writeStringField("detail", wellFormed(item.outcome().words()));
    json.writeEndObject();
  }

  /// Half a surrogate pair, which hostile JSON may hold, cannot be written.
  private static String wellFormed(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
