package dev.diagbundle.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// The fields of one JSON object: texts, whole numbers, and objects of such; read without a tree,
/// and used again for the next object.
final class JsonFields {
  /// Stands for a value of any other kind.
  private static final Object OTHER = new Object();

  private final Map<String, Object> values = new HashMap<>();

  /// Reads the object at whose beginning the parser stands, to its end.
  void read(JsonParser json) throws IOException {
    values.clear();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      values.put(name, value(json, json.nextToken()));
    }
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    if (value(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(name + " is no text");
  }

  long number(String name) {
    if (value(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException(name + " is no whole number");
  }

  JsonFields fields(String name) {
    if (value(name) instanceof JsonFields fields) {
      return fields;
    }
    throw new IllegalArgumentException(name + " is no object");
  }

  /// All fields, each of which must be a number.
  Map<String, Long> numbers() {
    var numbers = new HashMap<String, Long>();
    values.keySet().forEach(name -> numbers.put(name, number(name)));
    return numbers;
  }

  private Object value(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value;
  }

  private static Object value(JsonParser json, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      // One that no long can hold is no number of ours.
      return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? OTHER
          : json.getLongValue();
    }
    if (token == JsonToken.START_OBJECT) {
      var fields = new JsonFields();
      fields.read(json);
      return fields;
    }
    json.skipChildren();
    return OTHER;
  }
}
