package dev.diagbundle.describe.kubectl;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// Fields of JSON objects with the semantics of kubectl's typed objects: missing, null or mistyped
/// values are empty, zero or false.
public final class TypedFields {
  private TypedFields() {}

  /// The field at the end of a path of names; a missing node if there is none.
  public static JsonNode at(JsonNode node, String... path) {
    var at = node;
    for (var name : path) {
      at = at.path(name);
    }
    return at;
  }

  /// The text there; numbers and booleans as they are spelled, anything else is empty.
  public static String text(JsonNode node, String... path) {
    var at = at(node, path);
    return at.isValueNode() && !at.isNull() ? at.asText("") : "";
  }

  public static long number(JsonNode node, String... path) {
    var at = at(node, path);
    return at.canConvertToLong() ? at.longValue() : 0;
  }

  public static boolean isTrue(JsonNode node, String... path) {
    return at(node, path).asBoolean(false);
  }

  /// Returns whether the value is present and not null.
  public static boolean has(JsonNode node, String... path) {
    var at = at(node, path);
    return !at.isMissingNode() && !at.isNull();
  }

  /// The members of an array, in order; none if it is no array.
  public static List<JsonNode> items(JsonNode node, String... path) {
    var at = at(node, path);
    var items = new ArrayList<JsonNode>(at.size());
    if (at.isArray()) {
      at.forEach(items::add);
    }
    return items;
  }

  public static List<String> texts(JsonNode node, String... path) {
    return items(node, path).stream().map(item -> text(item)).toList();
  }

  /// The reference to what controls an object; a missing node if nothing does.
  public static JsonNode controller(JsonNode object) {
    return items(object, "metadata", "ownerReferences").stream()
        .filter(owner -> isTrue(owner, "controller"))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  /// Objects by one of their texts, in Go's order.
  public static List<JsonNode> sortedBy(List<JsonNode> items, String field) {
    return GoSort.sorted(items, Comparator.comparing(item -> text(item, field), GoText.ORDER));
  }

  /// The members of an object, sorted as Go sorts; none if it is no object.
  public static Map<String, JsonNode> sorted(JsonNode node, String... path) {
    var sorted = new TreeMap<String, JsonNode>(GoText.ORDER);
    var at = at(node, path);
    if (at.isObject()) {
      at.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    }
    return sorted;
  }
}
