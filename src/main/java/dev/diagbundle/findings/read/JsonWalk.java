package dev.diagbundle.findings.read;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.diagbundle.model.Printable;

/// A pass over a JSON document of a known format whose values may have any form: a value of another
/// type is skipped, a document that ends too early is an error.
final class JsonWalk {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_LENGTH = 400;
  private static final int MAX_PATH = 4_000;

  private final JsonParser parser;

  /// A reader of the current element, to its end.
  interface Element {
    void read() throws IOException;
  }

  /// A reader of the current array or object, which may leave it to be skipped.
  interface Nested {
    /// @param before the scalar fields that precede it
    void read(Fields before, String name) throws IOException;
  }

  /// A reader of the arrays and objects of the document.
  interface Document {
    void read(JsonWalk json, String name) throws IOException;
  }

  private JsonWalk(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads the whole document. May leave the stream open.
  ///
  /// @param format the required value of its field `format`
  /// @throws IOException if the document is not complete, or has another format
  static void document(InputStream in, String format, Document document) throws IOException {
    try (var parser = JSON.createParser(in)) {
      var json = new JsonWalk(parser);
      parser.nextToken();
      var fields = json.fields((_, name) -> document.read(json, name));
      if (!fields.text("format").equals(format)) {
        throw new IOException("not the format " + format);
      }
    }
  }

  boolean atObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /// The scalar fields of the current object; none if there is no object.
  Fields fields() throws IOException {
    return fields((_, _) -> {});
  }

  /// The scalar fields of the current object, with a reader of its other fields.
  Fields fields(Nested nested) throws IOException {
    var fields = new Fields();
    if (!atObject()) {
      skip();
      return fields;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      var value = parser.nextToken();
      if (value != null && value.isStructStart()) {
        nested.read(fields, name);
        skip();
      } else if (value != null) {
        fields.texts.put(name, text(name.equals("path") ? MAX_PATH : MAX_LENGTH));
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("it ends too early");
    }
    return fields;
  }

  /// Reads the elements of the current array; none if there is no array.
  void elements(Element element) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      skip();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        throw new IOException("it ends too early");
      }
      element.read();
    }
  }

  /// The current scalar, truncated to the length that a page shows of a line; empty for anything
  /// else.
  String text() throws IOException {
    return text(MAX_LENGTH);
  }

  /// The current number, never negative; 0 if it is no number.
  long number() throws IOException {
    return number(text());
  }

  /// Skips the current array or object, unless it was read.
  void skip() throws IOException {
    parser.skipChildren();
  }

  private String text(int max) throws IOException {
    if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
      skip();
      return "";
    }
    return Printable.cut(parser.getText(), max);
  }

  private static long number(String digits) {
    try {
      return Math.max(0, Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// The scalar fields of an object. A field that is absent or of another type reads as empty.
  static final class Fields {
    private final Map<String, String> texts = new TreeMap<>();

    String text(String name) {
      return texts.getOrDefault(name, "");
    }

    boolean flag(String name) {
      return text(name).equals("true");
    }

    /// The number in a field, never negative; 0 if it is no number.
    long number(String name) {
      return JsonWalk.number(text(name));
    }

    Optional<Instant> time(String name) {
      try {
        return text(name).isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text(name)));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }
}
