package dev.diagbundle.model;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// Fields of JSON objects of unknown shape: an absent field or one of another type reads as empty.
public final class Fields {
  /// Messages are cut at 4,096 bytes by the kubelet; texts of others are cut here.
  private static final int MAX_LENGTH = 4_096;

  private Fields() {}

  /// The text at the end of the field names, cut to a few thousand characters.
  public static String text(JsonNode object, String... names) {
    var node = at(object, names);
    return node.isValueNode() && !node.isNull() ? Printable.cut(node.asText(""), MAX_LENGTH) : "";
  }

  public static long number(JsonNode object, String... names) {
    return at(object, names).asLong(0);
  }

  public static boolean flag(JsonNode object, String... names) {
    return at(object, names).asBoolean(false);
  }

  public static Optional<Instant> time(JsonNode object, String... names) {
    return instant(text(object, names));
  }

  /// The time of an API timestamp; empty if it is not one.
  public static Optional<Instant> instant(String stamp) {
    try {
      return stamp.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(stamp));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  public static JsonNode at(JsonNode object, String... names) {
    var node = object;
    for (String name : names) {
      node = node.path(name);
    }
    return node;
  }

  /// The condition of the type; a missing node if there is none.
  public static JsonNode condition(JsonNode object, String type) {
    for (var condition : at(object, "status", "conditions")) {
      if (text(condition, "type").equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }
}
