package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The most recently unhealthy of any number of offered objects, packed, up to a maximum number and
/// a maximum of bytes. Not thread-safe.
///
/// @param <K> type of the facts kept with each object
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

  /// One kept object.
  ///
  /// @param urgent true if it ranks before all that are not urgent
  /// @param time when it was last unhealthy
  public record Kept<K>(
      boolean urgent, Instant time, String namespace, String name, PackedJson object, K facts) {}

  NewestObjects(int maxObjects, long maxBytes) {
    this.maxObjects = maxObjects;
    this.maxBytes = maxBytes;
  }

  /// Offers an object, which loses its managed fields: they are never shown.
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

  /// Returns whether it would be the first to be dropped. Packing it would be wasted work.
  private boolean isLast(boolean urgent, Instant time) {
    var last = kept.peek();
    return last != null && (last.urgent() == urgent ? !time.isAfter(last.time()) : last.urgent());
  }

  /// The number of objects offered, kept or not.
  long offered() {
    return offered;
  }

  /// The kept objects, the most urgent and newest first.
  List<Kept<K>> newestFirst() {
    var all = new ArrayList<>(kept);
    all.sort(order.reversed());
    return all;
  }
}
