package dev.diagbundle.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/// A core event in the format of `events.k8s.io/v1`: the same object with other field names.
final class EventConversion {
  private static final Map<String, String> NAMES =
      Map.of(
          "involvedObject", "regarding",
          "message", "note",
          "source", "deprecatedSource",
          "firstTimestamp", "deprecatedFirstTimestamp",
          "lastTimestamp", "deprecatedLastTimestamp",
          "count", "deprecatedCount",
          "reportingComponent", "reportingController");

  private EventConversion() {}

  static JsonNode of(JsonNode event) {
    var renamed = JsonNodeFactory.instance.objectNode();
    event
        .properties()
        .forEach(field -> {
          boolean unset =
              field.getKey().startsWith("reporting") && field.getValue().asText().isEmpty();
          if (!unset) {
            renamed.set(NAMES.getOrDefault(field.getKey(), field.getKey()), field.getValue());
          }
        });
    return renamed;
  }
}
