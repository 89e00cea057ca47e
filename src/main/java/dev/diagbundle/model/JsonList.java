package dev.diagbundle.model;

import module java.base;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// A list of objects as the API server prints it, read one object at a time.
public final class JsonList {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonList() {}

  /// A consumer of an object, with its first and last line.
  public interface Visitor {
    void visit(JsonNode object, long from, long to);
  }

  /// Passes on the elements of `items`, or of a bare array. Anything else has none.
  ///
  /// @throws IOException if the list is damaged; objects before the damage have been passed on
  public static void each(InputStream in, Visitor visitor) throws IOException {
    try (var parser = JSON.createParser(in)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          var name = parser.currentName();
          if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("items")) {
            break;
          }
          parser.skipChildren();
        }
      }
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        return;
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        long from = parser.currentTokenLocation().getLineNr();
        JsonNode object = JSON.readTree(parser);
        visitor.visit(object, from, parser.currentTokenLocation().getLineNr());
      }
      if (parser.currentToken() != JsonToken.END_ARRAY) {
        throw new IOException("the list does not end");
      }
    }
  }
}
