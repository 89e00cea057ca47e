package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/// The cleaner of API objects, which removes the content that must not, or need not, be in the
/// bundle.
public final class ObjectCleaner {
  /// The annotation that replaces a Secret's values: their names with their sizes, in a form in
  /// which `password (9 bytes)` is not taken for a password.
  private static final String SIZES = "diagbundle.dev/value-sizes";

  /// The annotation in which `kubectl apply` keeps a copy of its input, with the values that are
  /// removed elsewhere.
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  /// The start of gzip data in base64, such as releases of Helm, or Rancher's copies of applied
  /// objects. No rule finds secrets in there.
  private static final String PACKED = "H4sI";

  private static final Pattern HOLDS_VALUES = Pattern.compile("\"(data|stringData|env)\"");

  /// Names whose values are nearly always secrets.
  private static final Pattern SECRET =
      Pattern.compile(
          "passw(or)?d|passphrase|secret|token|credential|(api|access|private|signing|encryption)"
              + "[-_.]?key|connection[-_.]?string|(^|[-_.])(pwd|dsn|auth)($|[-_.])",
          Pattern.CASE_INSENSITIVE);

  /// Annotations that contain a secret. Most with such a name contain only its location.
  private static final Pattern SECRET_ANNOTATION =
      Pattern.compile(
          "(passw(or)?d|passphrase|[-_./](pwd|token|api[-_.]?key))$", Pattern.CASE_INSENSITIVE);

  private ObjectCleaner() {}

  /// Changes the object in place: of a Secret, at any depth, every value is removed; of anything
  /// else, the values of variables and of ConfigMaps that are named like secrets, and packed or
  /// binary data, in which secrets cannot be found; the content of `data:` URLs is decoded.
  public static void clean(ResourceType type, ObjectNode object) {
    if (object.path("metadata") instanceof ObjectNode metadata) {
      hideValues(metadata.path("annotations"), key -> SECRET_ANNOTATION.matcher(key).find());
      if (metadata.path("annotations") instanceof ObjectNode annotations
          && HOLDS_VALUES.matcher(annotations.path(LAST_APPLIED).asText("")).find()) {
        annotations.remove(LAST_APPLIED);
      }
    }
    if (type.name().equals("secrets")) {
      dropValues(object);
      return;
    }
    if (type.name().equals("configmaps")) {
      hideEntries(object);
    }
    hide(object);
  }

  private static void dropValues(ObjectNode secret) {
    var sizes = new ArrayList<String>();
    for (var value : secret.path("data").properties()) {
      sizes.add(value.getKey() + " (" + decodedSize(value.getValue()) + " bytes)");
    }
    for (var value : secret.path("stringData").properties()) {
      sizes.add(value.getKey() + " (" + size(value.getValue()) + " bytes)");
    }
    secret.remove(List.of("data", "stringData"));
    if (!(secret.path("metadata") instanceof ObjectNode metadata)) {
      return;
    }
    // Any annotation of a Secret may contain its values: other tools keep copies under other names.
    metadata.remove("annotations");
    metadata.putObject("annotations").put(SIZES, String.join(", ", sizes));
  }

  private static void hideEntries(ObjectNode map) {
    boolean all = SECRET.matcher(map.path("metadata").path("name").asText("")).find();
    hideValues(map.path("binaryData"), _ -> true);
    hideValues(map.path("data"), key -> all || SECRET.matcher(key).find());
  }

  private static void hideValues(JsonNode values, Predicate<String> keys) {
    for (var entry : values.properties()) {
      if (keys.test(entry.getKey())) {
        entry.setValue(TextNode.valueOf(hidden(entry.getValue())));
      }
    }
  }

  /// Removes secrets in pods, in templates of pods, and in custom resources that contain either, or
  /// whole Secrets.
  private static void hide(JsonNode tree) {
    if (tree.path("kind").asText("").equals("Secret")) {
      hideValues(tree.path("data"), _ -> true);
      hideValues(tree.path("stringData"), _ -> true);
    }
    for (var field : tree.properties()) {
      if (field.getKey().equals("env")) {
        field.getValue().forEach(ObjectCleaner::hideVariable);
      }
      field.setValue(readable(field.getValue()));
      hide(field.getValue());
    }
    if (tree instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, readable(array.get(i)));
        hide(array.get(i));
      }
    }
  }

  /// The value in a form in which the rules find its secrets, or without its content.
  private static JsonNode readable(JsonNode value) {
    if (!value.isTextual()) {
      return value;
    }
    var text = value.textValue();
    if (text.startsWith(PACKED)) {
      return TextNode.valueOf(hidden(value));
    }
    return DataUrls.mayBeIn(text) ? TextNode.valueOf(DataUrls.readable(text)) : value;
  }

  private static void hideVariable(JsonNode variable) {
    if (variable instanceof ObjectNode object
        && object.path("value").isValueNode()
        && SECRET.matcher(object.path("name").asText("")).find()) {
      object.put("value", hidden(object.path("value")));
    }
  }

  private static String hidden(JsonNode value) {
    return "(" + size(value) + " bytes, not collected)";
  }

  private static int size(JsonNode value) {
    return value.asText("").getBytes(StandardCharsets.UTF_8).length;
  }

  private static int decodedSize(JsonNode value) {
    try {
      return Base64.getDecoder().decode(value.asText("")).length;
    } catch (IllegalArgumentException e) {
      // Not base64, so not a value that the API server would have accepted.
      return 0;
    }
  }

  /// A Node without the fields that a description does not show; the remaining parts are not
  /// copied.
  static JsonNode describedNode(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    var kept = object.objectNode();
    kept.setAll(object);
    if (object.path("metadata") instanceof ObjectNode metadata) {
      kept.set("metadata", without(metadata, "managedFields"));
    }
    if (object.path("status") instanceof ObjectNode status) {
      kept.set("status", without(status, "images"));
    }
    return kept;
  }

  private static ObjectNode without(ObjectNode object, String field) {
    var rest = object.objectNode();
    rest.setAll(object);
    rest.remove(field);
    return rest;
  }
}
