package dev.diagbundle.kubeconfig.file;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// The fields of one object in a kubeconfig, by their types. As in client-go, unknown fields are
/// ignored, a null or an empty text is as good as none, and a value of another type is an error:
/// its message names file, field and entry, never the value.
///
/// @param object a JSON object, or a null or missing node without any fields
/// @param file of the kubeconfig
/// @param owner of the fields, for messages, such as `user 'u'`; empty for the file itself
record EntryFields(JsonNode object, Path file, String owner) {
  EntryFields {
    if (!object.isObject() && !object.isNull() && !object.isMissingNode()) {
      throw new IllegalArgumentException("not an object: " + object.getNodeType());
    }
  }

  /// The fields of an object of another owner.
  ///
  /// @param name of the field that holds the object
  EntryFields object(String name, String nextOwner) throws DiagbundleException {
    var value = object.path(name);
    if (isNone(value)) {
      return new EntryFields(value, file, nextOwner);
    }
    if (!value.isObject()) {
      throw wrong(name, value, "a map");
    }
    return new EntryFields(value, file, nextOwner);
  }

  boolean has(String name) {
    return !isNone(object.path(name));
  }

  JsonNode raw(String name) {
    return object.path(name);
  }

  Optional<String> text(String name) throws DiagbundleException {
    var value = object.path(name);
    if (isNone(value)) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw wrong(name, value, "text");
    }
    return Optional.of(value.textValue()).filter(text -> !text.isEmpty());
  }

  boolean flag(String name) throws DiagbundleException {
    var value = object.path(name);
    if (!isNone(value) && !value.isBoolean()) {
      throw wrong(name, value, "true or false");
    }
    return value.booleanValue();
  }

  /// The bytes of a field in base64, each as one character.
  Optional<String> bytes(String name) throws DiagbundleException {
    var text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var plain = text.get().replace("\n", "").replace("\r", "");
      return Optional.of(
          new String(Base64.getDecoder().decode(plain), StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException _) {
      throw new DiagbundleException(
          Problem.usage("kubeconfig '" + file + "': " + field(name) + " is not valid base64"));
    }
  }

  List<String> texts(String name) throws DiagbundleException {
    var texts = new ArrayList<String>();
    for (JsonNode element : elements(name)) {
      // As in Go, a null in a list of texts is an empty one.
      if (!element.isTextual() && !element.isNull()) {
        throw wrong(name, element, "a list of texts");
      }
      texts.add(element.isNull() ? "" : element.textValue());
    }
    return texts;
  }

  /// The values of a map of texts, in its order.
  Map<String, String> textMap(String name) throws DiagbundleException {
    var map = new LinkedHashMap<String, String>();
    var inner = object(name, owner);
    for (String key : inner.keys()) {
      map.put(key, inner.text(key).orElse(""));
    }
    return map;
  }

  /// The values of a map of lists of texts, in its order.
  Map<String, List<String>> textsMap(String name) throws DiagbundleException {
    var map = new LinkedHashMap<String, List<String>>();
    var inner = object(name, owner);
    for (String key : inner.keys()) {
      map.put(key, inner.texts(key));
    }
    return map;
  }

  /// The objects in a list.
  List<EntryFields> objects(String name, String nextOwner) throws DiagbundleException {
    var objects = new ArrayList<EntryFields>();
    for (JsonNode element : elements(name)) {
      if (!element.isObject() && !element.isNull()) {
        throw wrong(name, element, "a list of maps");
      }
      objects.add(new EntryFields(element, file, nextOwner));
    }
    return objects;
  }

  private List<String> keys() {
    var keys = new ArrayList<String>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private JsonNode elements(String name) throws DiagbundleException {
    var value = object.path(name);
    if (!isNone(value) && !value.isArray()) {
      throw wrong(name, value, "a list");
    }
    return value;
  }

  private static boolean isNone(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private DiagbundleException wrong(String name, JsonNode value, String expected) {
    var actual =
        switch (value.getNodeType()) {
          case NUMBER -> "a number";
          case BOOLEAN -> "true or false";
          case STRING -> "text";
          case ARRAY -> "a list";
          case OBJECT, POJO -> "a map";
          case NULL, MISSING, BINARY -> "nothing";
        };
    var problem =
        Problem.usage(
            "kubeconfig '"
                + file
                + "': "
                + field(name)
                + " is "
                + actual
                + ", expected "
                + expected);
    boolean quotable = value.isNumber() || value.isBoolean();
    return new DiagbundleException(
        quotable && expected.contains("text")
            ? problem.withHint("put the value in quotation marks")
            : problem);
  }

  private String field(String name) {
    return owner.isEmpty() ? name : name + " of " + owner;
  }
}
