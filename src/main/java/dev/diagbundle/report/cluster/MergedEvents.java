package dev.diagbundle.report.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.model.Fields;

/// Equal events, merged as they are read. Bounded: if too many differ, the least relevant half is
/// dropped and only counted.
public final class MergedEvents {
  private static final int MAX_ROWS = 8_000;
  private static final int MAX_OBJECTS = 1_000;
  private static final Comparator<Merged> MOST_TELLING_FIRST =
      Comparator.comparing(Merged::warning, Comparator.reverseOrder())
          .thenComparing(Merged::last, Comparator.reverseOrder())
          .thenComparing(Merged::reason)
          .thenComparing(Merged::cluster)
          .thenComparing(Merged::namespace)
          .thenComparing(Merged::name)
          .thenComparing(Merged::message);

  private record Key(
      String cluster,
      boolean warning,
      String reason,
      String kind,
      String namespace,
      String message) {}

  private final Map<Key, Merged> merged = new HashMap<>();
  private long events;
  private long warnings;
  private int dropped;

  /// @param cluster its cluster, if there are several; else empty
  void add(String cluster, JsonNode event) {
    boolean warning = Fields.text(event, "type").equals("Warning");
    events++;
    warnings += warning ? 1 : 0;
    var object = event.path(event.has("regarding") ? "regarding" : "involvedObject");
    var name = Fields.text(object, "name");
    var message = Fields.text(event, event.has("note") ? "note" : "message").strip();
    var key =
        new Key(
            cluster,
            warning,
            Fields.text(event, "reason"),
            Fields.text(object, "kind"),
            Fields.text(object, "namespace"),
            CauseNormalizer.of(message, name));
    merged.computeIfAbsent(key, _ -> new Merged(key)).add(event, name, message);
    if (merged.size() > MAX_ROWS) {
      drop();
    }
  }

  /// The number of event objects read.
  long events() {
    return events;
  }

  /// The number of event objects of type Warning.
  long warnings() {
    return warnings;
  }

  /// The number of dropped rows.
  int dropped() {
    return dropped;
  }

  /// The rows: warnings first, then the newest.
  List<Merged> rows() {
    return merged.values().stream().sorted(MOST_TELLING_FIRST).toList();
  }

  /// The number of occurrences of the event.
  public static long times(JsonNode event) {
    long series = Fields.number(event, "series", "count");
    return Math.max(1, Math.max(Fields.number(event, "count"), series));
  }

  /// The time of the last occurrence; [Instant#EPOCH] if it has none.
  public static Instant lastTime(JsonNode event) {
    return Fields.time(event, "lastTimestamp")
        .or(() -> Fields.time(event, "series", "lastObservedTime"))
        .or(() -> Fields.time(event, "deprecatedLastTimestamp"))
        .or(() -> Fields.time(event, "eventTime"))
        .or(() -> Fields.time(event, "metadata", "creationTimestamp"))
        .orElse(Instant.EPOCH);
  }

  /// The time of the first occurrence.
  public static Optional<Instant> firstTime(JsonNode event) {
    return Fields.time(event, "firstTimestamp").or(() -> Fields.time(event, "eventTime"));
  }

  private void drop() {
    var least = new ArrayList<>(merged.entrySet());
    least.sort(Map.Entry.comparingByValue(MOST_TELLING_FIRST));
    for (var entry : least.subList(MAX_ROWS / 2, least.size())) {
      merged.remove(entry.getKey());
      dropped++;
    }
  }

  /// One row. Message, object and source are those of the newest event.
  static final class Merged {
    private final Key key;
    private final Set<String> objects = new HashSet<>(2);
    private Instant first = Instant.MAX;
    private Instant last = Instant.EPOCH;
    private long count;
    private String name = "";
    private String message = "";
    private String source = "";
    private String host = "";

    private Merged(Key key) {
      this.key = key;
    }

    private void add(JsonNode event, String object, String words) {
      long times = times(event);
      count += times;
      if (objects.size() < MAX_OBJECTS) {
        objects.add(object);
      }
      var end = lastTime(event);
      var begin = firstTime(event).orElse(end);
      first = begin.isBefore(first) ? begin : first;
      if (end.isAfter(last) || count == times) {
        last = end;
        name = object;
        message = words;
        source = Fields.text(event, "source", "component");
        if (source.isEmpty()) {
          source = Fields.text(event, "reportingComponent");
        }
        host = Fields.text(event, "source", "host");
      }
    }

    String cluster() {
      return key.cluster;
    }

    boolean warning() {
      return key.warning;
    }

    String reason() {
      return key.reason;
    }

    String kind() {
      return key.kind;
    }

    String namespace() {
      return key.namespace;
    }

    String name() {
      return name;
    }

    /// The number of objects that it concerns, up to the limit of separately counted ones.
    int objects() {
      return objects.size();
    }

    long count() {
      return count;
    }

    Instant first() {
      return first.isAfter(last) ? last : first;
    }

    Instant last() {
      return last;
    }

    String message() {
      return message;
    }

    String source() {
      return source;
    }

    String host() {
      return host;
    }
  }
}
