package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.Fields;

/// The access to the fields of events of the core API.
///
/// `events.k8s.io/v1` serves the same objects with other field names: both are conversions of one
/// internal type, and no field is in only one of them (`pkg/apis/events/v1/conversion.go` of
/// Kubernetes). The core API is therefore sufficient, and if it is refused, the other one returns
/// the same events.
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

  /// The event of the core API that corresponds to an event of `events.k8s.io/v1`.
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

  /// The time when it was last seen: the latest of its times, not all of which are set by any one
  /// component; empty if it has none.
  static Optional<Instant> lastSeen(JsonNode event) {
    return times(event).max(Instant::compareTo);
  }

  /// The time when it was last written, by the API server's clock, or last seen if that is later:
  /// the clock of the component that saw it may be behind; empty if it has no time.
  static Optional<Instant> lastWritten(JsonNode event) {
    return Stream.concat(times(event), written(event)).max(Instant::compareTo);
  }

  private static Stream<Instant> written(JsonNode event) {
    return StreamSupport.stream(event.path("metadata").path("managedFields").spliterator(), false)
        .flatMap(part -> Fields.instant(part.path("time").asText("")).stream());
  }

  /// The time when it was first seen: the earliest of its times, some of which are by a node's
  /// clock and some by the API server's; empty if it has none.
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
