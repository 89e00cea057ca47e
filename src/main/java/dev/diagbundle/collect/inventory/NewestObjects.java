package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The objects that were in trouble last, packed, of however many are offered: so many at most, and
/// so many bytes. Not for use by several threads.
///
/// @param <K> what else is kept of each
public final class NewestObjects<K> {
  private final int maxObjects;
  private final long maxBytes;
  private final Comparator<Kept<K>> order =
      Comparator.comparing((Kept<K> object) -> object.urgent())
          .thenComparing(Kept::time)
          .thenComparing(Kept::name, Comparator.reverseOrder());
  private final PriorityQueue<Kept<K>> kept = new PriorityQueue<>(order);
  private long bytes;
  private long offered;

  /// One object.
  ///
  /// @param urgent whether it comes before all that are not
  /// @param time when it was last in trouble
  public record Kept<K>(
      boolean urgent, Instant time, String namespace, String name, PackedJson object, K facts) {}

  NewestObjects(int maxObjects, long maxBytes) {
    this.maxObjects = maxObjects;
    this.maxBytes = maxBytes;
  }

  /// Offers an object, which loses its managed fields: nobody is shown them.
  void offer(boolean urgent, Instant time, JsonNode object, K facts) {
    offered++;
    if (kept.size() >= maxObjects && isLast(urgent, time)) {
      return;
    }
    var metadata = object.path("metadata");
    if (metadata instanceof ObjectNode fields) {
      fields.remove("managedFields");
    }
    var packed = PackedJson.of(object);
    kept.add(
        new Kept<>(
            urgent,
            time,
            metadata.path("namespace").asText(""),
            metadata.path("name").asText(""),
            packed,
            facts));
    bytes += packed.size();
    while (kept.size() > maxObjects || (bytes > maxBytes && !kept.isEmpty())) {
      bytes -= kept.remove().object().size();
    }
  }

  /// Whether it would be the first to go. Packing it would be for nothing.
  private boolean isLast(boolean urgent, Instant time) {
    var last = kept.peek();
    return last != null && (last.urgent() == urgent ? !time.isAfter(last.time()) : last.urgent());
  }

  /// How many were offered, kept or not.
  long offered() {
    return offered;
  }

  /// Those kept, the most urgent and newest first.
  List<Kept<K>> newestFirst() {
    var all = new ArrayList<>(kept);
    all.sort(order.reversed());
    return all;
  }
}
