package dev.diagbundle.bundle.search;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.LineStamp;

/// The interpretation of times in a bundle's logs: its creation time, and the time zones of nodes
/// whose logs use local time. Safe for use by several threads.
public final class LogTimes {
  private static final JsonFactory JSON = new JsonFactory();

  /// The file with a run's facts about a node's log queries, including the time zone.
  private static final String NODE_FACTS = "log-query.json";

  /// The number of bytes searched for a file's first time.
  private static final int MAX_LOOK = 1 << 20;

  private final BundleContents bundle;
  private final Map<String, Instant> presents = new HashMap<>();
  private final Map<String, ZoneOffset> zones = new HashMap<>();

  /// @param bundle must stay open
  public LogTimes(BundleContents bundle) {
    this.bundle = bundle;
    for (Manifest.Part part : bundle.manifest().run().clusters()) {
      presents.put(part.place().folder(), part.window().to());
    }
  }

  /// Returns whether the file at the path contains information about times in others.
  public static boolean needs(EntryPath path) {
    return path.fileName().equals(NODE_FACTS);
  }

  /// Until when the bundle reaches: the latest end of its clusters' windows.
  public static Instant end(Manifest.Run run) {
    return run.clusters().stream()
        .filter(Manifest.Part::answered)
        .map(part -> part.window().to())
        .max(Comparator.naturalOrder())
        .orElse(run.window().to());
  }

  /// Reads the stamps of one file. For one thread.
  LineStamp stamps(Entry file) {
    var folder = BundleLayout.placeOf(file.path()).folder();
    return stamps(file, presents.getOrDefault(folder, bundle.manifest().run().window().to()));
  }

  /// Reads the stamps of one file. For one thread.
  ///
  /// @param present about when it was read
  public LineStamp stamps(Entry file, Instant present) {
    return new LineStamp(present, zone(BundleLayout.placeOf(file.path()), file.path()));
  }

  /// The time of the first line that has one; empty if there is none, or the file is binary.
  Optional<Long> first(Entry file) throws IOException {
    if (file.bytes() == 0) {
      return Optional.empty();
    }
    try (var lines = new TimedLines(bundle.open(file), stamps(file), LineStamp.NONE)) {
      if (lines.isBinary()) {
        return Optional.empty();
      }
      for (long read = 0; read < MAX_LOOK && lines.next(); read += lines.piece().length) {
        if (lines.piece().micros != LineStamp.NONE) {
          return Optional.of(lines.piece().micros);
        }
      }
      return Optional.empty();
    }
  }

  private ZoneOffset zone(ClusterPlace place, EntryPath path) {
    var segments = path.segments();
    int at = place.equals(ClusterPlace.TOP) ? 0 : 2;
    if (segments.size() < at + 3 || !segments.get(at).equals("nodes")) {
      return ZoneOffset.UTC;
    }
    var facts = new EntryPath(place.prefix() + "nodes/" + segments.get(at + 1) + "/" + NODE_FACTS);
    synchronized (zones) {
      var known = zones.get(facts.value());
      if (known == null) {
        known = bundle.find(facts).flatMap(this::offset).orElse(ZoneOffset.UTC);
        zones.put(facts.value(), known);
      }
      return known;
    }
  }

  /// The UTC offset of a node's clock, as found by the run.
  private Optional<ZoneOffset> offset(Entry facts) {
    try (var in = bundle.open(facts);
        var json = JSON.createParser(in)) {
      for (var token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.currentName().equals("utcOffset")) {
          return Optional.of(ZoneOffset.of(json.nextTextValue()));
        }
      }
      return Optional.empty();
    } catch (IOException | DateTimeException | NullPointerException _) {
      return Optional.empty();
    }
  }
}
