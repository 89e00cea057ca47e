package dev.diagbundle.report.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.diagbundle.report.html.TextFormat;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Steps through JSON that may be of another form than it should: what has another type is passed
/// over, what ends too early is an error.
public final class JsonWalk {
  private static final int MAX_LENGTH = 400;

  private JsonWalk() {}

  /// Reads the element at hand, to its end.
  public interface Reading {
    void read() throws IOException;
  }

  /// Reads the value at hand, to its end.
  public interface FieldReading {
    void read(String name) throws IOException;
  }

  /// The scalar fields of the object at hand.
  public static Map<String, String> fields(JsonParser json) throws IOException {
    var texts = new TreeMap<String, String>();
    eachField(
        json,
        name -> {
          texts.put(name, text(json));
          json.skipChildren();
        });
    return texts;
  }

  public static void eachField(JsonParser json, FieldReading reading) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      json.nextToken();
      reading.read(name);
    }
    requireEnd(json, JsonToken.END_OBJECT);
  }

  public static void eachElement(JsonParser json, Reading reading) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == null) {
        throw new IOException("unexpected end of file");
      }
      reading.read();
    }
  }

  /// The scalar at hand, cut to what the page shows of a line; empty for anything else.
  public static String text(JsonParser json) throws IOException {
    return text(json, MAX_LENGTH);
  }

  /// The same, cut to a length of its own.
  public static String text(JsonParser json, int max) throws IOException {
    if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
      json.skipChildren();
      return "";
    }
    return TextFormat.cut(json.getText(), max);
  }

  /// Never negative; 0 if it is none.
  public static long number(String digits) {
    try {
      return Math.max(0, Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  public static Optional<Instant> time(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static void requireEnd(JsonParser json, JsonToken end) throws IOException {
    if (json.currentToken() != end) {
      throw new IOException("unexpected end of file");
    }
  }
}
