package dev.diagbundle.report.input;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.JsonList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bundle as input of the sections: as streams, and without failing. A damaged file is read up
/// to the damage; the page then contains less.
public final class BundleFiles {
  private static final Logger LOG = LoggerFactory.getLogger(BundleFiles.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BundleContents contents;
  private final ItemEntries entriesOfItems;
  private final Manifest.Part cluster;

  public BundleFiles(BundleContents contents) {
    this(
        contents,
        new ItemEntries(contents.manifest().entries()),
        contents.manifest().run().clusters().getFirst());
  }

  private BundleFiles(BundleContents contents, ItemEntries entriesOfItems, Manifest.Part cluster) {
    this.contents = contents;
    this.entriesOfItems = entriesOfItems;
    this.cluster = cluster;
  }

  /// A reader of one file.
  @FunctionalInterface
  public interface Reading<T> {
    T read(InputStream in) throws IOException;
  }

  /// The value read from a file; empty if the file is absent, or cannot be read to its end.
  public static <T> Optional<T> read(BundleContents contents, EntryPath path, Reading<T> reading) {
    var entry = contents.find(path);
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    try (var in = contents.open(entry.get())) {
      return Optional.of(reading.read(in));
    } catch (IOException e) {
      LOG.debug("{} is not readable", path, e);
      return Optional.empty();
    }
  }

  /// The bundle once for each cluster: each finds the files of its cluster by their paths within
  /// it.
  public List<BundleFiles> clusters() {
    return manifest().run().clusters().stream()
        .map(part -> new BundleFiles(contents, entriesOfItems, part))
        .toList();
  }

  /// The cluster whose files are found by their paths; for the whole bundle, the first.
  public Manifest.Part cluster() {
    return cluster;
  }

  /// The cluster's name if there are several; else empty.
  public String clusterName() {
    return cluster.place().folder();
  }

  public Manifest manifest() {
    return contents.manifest();
  }

  public String manifestSha256() {
    return contents.manifestSha256();
  }

  public Optional<Entry> find(EntryPath path) {
    return contents.find(cluster.place().path(path));
  }

  /// The entry at a path below the bundle's root folder, in any cluster.
  public Optional<Entry> findInBundle(EntryPath path) {
    return contents.find(path);
  }

  public Optional<Entry> find(String path) {
    return find(new EntryPath(path));
  }

  /// The JSON files directly in a folder, which ends in a slash, in the order of their paths.
  public List<Entry> jsonFilesIn(String within) {
    var folder = cluster.place().prefix() + within;
    return manifest().entries().stream()
        .filter(entry -> {
          var path = entry.path().value();
          return path.startsWith(folder)
              && path.endsWith(".json")
              && path.indexOf('/', folder.length()) < 0;
        })
        .sorted((a, b) -> a.path().compareTo(b.path()))
        .toList();
  }

  public List<Entry> entriesOf(String item) {
    return entriesOfItems.of(item);
  }

  /// Hands over the objects of a list, one tree at a time: the elements of `items`, or of a bare
  /// array.
  public void eachObject(Entry entry, Consumer<JsonNode> consumer) {
    try (var in = contents.open(entry)) {
      JsonList.each(in, (object, _, _) -> consumer.accept(object));
    } catch (IOException e) {
      LOG.debug("{} is not fully readable", entry.path(), e);
    }
  }

  /// Hands over the lines with their numbers, from 1; each is truncated to `max` characters.
  public void eachLine(Entry entry, int max, BiConsumer<Integer, String> consumer) {
    try (var in = contents.open(entry);
        var lines = new TruncatedLines(in, max)) {
      int number = 0;
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        consumer.accept(++number, line.get());
      }
    } catch (IOException e) {
      LOG.debug("{} is not fully readable", entry.path(), e);
    }
  }

  /// Hands over the JSON objects of a file with one on each line, and skips other lines.
  public void eachJsonLine(Entry entry, Consumer<JsonNode> consumer) {
    eachLine(
        entry,
        1 << 16,
        (_, line) -> {
          try {
            var object = JSON.readTree(line);
            if (object != null && object.isObject()) {
              consumer.accept(object);
            }
          } catch (IOException e) {
            LOG.debug("a line of {} is not JSON", entry.path(), e);
          }
        });
  }
}
