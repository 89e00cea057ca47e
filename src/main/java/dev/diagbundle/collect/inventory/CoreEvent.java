package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.Fields;

/// What has to be known of events of the core API.
///
/// `events.k8s.io/v1` shows the very same objects in other words: both are made of one internal
/// type, and no field is in one of them only (`pkg/apis/events/v1/conversion.go` of Kubernetes). So
/// the core API is enough, and where it is refused the other one gives the same events.
final class CoreEvent {
  private static final Map<String, String> NAMES =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count",
          "reportingController", "reportingComponent");

  private CoreEvent() {}

  /// The event of the core API that an event of `events.k8s.io/v1` is.
  static ObjectNode of(JsonNode newEvent) {
    var event =
        newEvent instanceof ObjectNode object
            ? object.objectNode()
            : JsonNodeFactory.instance.objectNode();
    newEvent
        .properties()
        .forEach(field ->
            event.set(NAMES.getOrDefault(field.getKey(), field.getKey()), field.getValue()));
    return event;
  }

  /// When it was seen last: the latest of its times, which no component sets all; empty if it has
  /// none.
  static Optional<Instant> lastSeen(JsonNode event) {
    return times(event).max(Instant::compareTo);
  }

  /// When it was seen first: the earliest of its times, some of which are of a node's clock and
  /// some of the API server's; empty if it has none.
  static Optional<Instant> firstSeen(JsonNode event) {
    return Stream.concat(
            times(event), Fields.instant(event.path("firstTimestamp").asText("")).stream())
        .min(Instant::compareTo);
  }

  private static Stream<Instant> times(JsonNode event) {
    return Stream.of(
            event.path("series").path("lastObservedTime"),
            event.path("lastTimestamp"),
            event.path("eventTime"),
            event.path("metadata").path("creationTimestamp"))
        .flatMap(time -> Fields.instant(time.asText("")).stream());
  }
}
