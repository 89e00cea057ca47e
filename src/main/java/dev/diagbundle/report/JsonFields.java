package dev.diagbundle.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// Fields of JSON objects of unknown shape: what is absent or of another type reads as empty.
final class JsonFields {
  private static final int MAX_LENGTH = 2_000;

  private JsonFields() {}

  /// The text at the end of the field names, cut to the longest line that the page shows.
  static String text(JsonNode object, String... names) {
    var node = at(object, names);
    return node.isValueNode() && !node.isNull() ? Wording.cut(node.asText(""), MAX_LENGTH) : "";
  }

  static long number(JsonNode object, String... names) {
    return at(object, names).asLong(0);
  }

  static boolean flag(JsonNode object, String... names) {
    return at(object, names).asBoolean(false);
  }

  static Optional<Instant> time(JsonNode object, String... names) {
    var text = text(object, names);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static JsonNode at(JsonNode object, String... names) {
    var node = object;
    for (String name : names) {
      node = node.path(name);
    }
    return node;
  }
}
