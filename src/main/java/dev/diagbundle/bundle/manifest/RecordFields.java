package dev.diagbundle.bundle.manifest;

import module java.base;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/// The fields of one JSON object: texts, whole numbers, and objects of such; read without a tree,
/// and reused for the next object.
final class RecordFields {
  /// Placeholder for a value of any other kind.
  private static final Object OTHER = new Object();

  private String[] names = new String[16];
  private Object[] values = new Object[16];
  private int size;

  /// Reads the object at whose start the parser is positioned, to its end.
  void read(JsonParser json) throws IOException {
    readIf(json, "", _ -> true);
  }

  /// Reads like [#read], if the text of one field, its key, is wanted.
  ///
  /// @return false if it is not wanted; then it was passed over
  boolean readIf(JsonParser json, String key, Predicate<String> wanted) throws IOException {
    size = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      var value = value(json, json.nextToken());
      if (size == names.length) {
        names = Arrays.copyOf(names, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      names[size] = name;
      values[size++] = value;
      if (name.equals(key) && value instanceof String text && !wanted.test(text)) {
        passOver(json);
        return false;
      }
    }
    return true;
  }

  private static void passOver(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      json.nextToken();
      json.skipChildren();
    }
  }

  boolean has(String name) {
    return place(name) >= 0;
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

  RecordFields fields(String name) {
    if (value(name) instanceof RecordFields fields) {
      return fields;
    }
    throw new IllegalArgumentException(name + " is no object");
  }

  /// All fields, each of which must be a number.
  Map<String, Long> numbers() {
    var numbers = new HashMap<String, Long>();
    for (int i = 0; i < size; i++) {
      numbers.put(names[i], number(names[i]));
    }
    return numbers;
  }

  private Object value(String name) {
    int place = place(name);
    if (place < 0) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return values[place];
  }

  /// Of several with the same name, the last.
  private int place(String name) {
    int place = size - 1;
    while (place >= 0 && !names[place].equals(name)) {
      place--;
    }
    return place;
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
      var fields = new RecordFields();
      fields.read(json);
      return fields;
    }
    json.skipChildren();
    return OTHER;
  }
}
