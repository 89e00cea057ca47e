package dev.diagbundle.describe.kubectl;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// The times of API objects.
public final class Times {
  /// A time that is not set, which is the first of January of the year one in Go.
  public static final Instant ZERO = Instant.parse("0001-01-01T00:00:00Z");

  private Times() {}

  /// The RFC 3339 time that a JSON text holds; [#ZERO] if it holds none with a year of four digits.
  public static Instant of(JsonNode node) {
    var text = node.textValue();
    // Longer texts would only cost time: nine digits of a fraction and an offset take 35.
    if (text == null || text.length() < 20 || text.length() > 40 || text.charAt(4) != '-') {
      return ZERO;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      return ZERO;
    }
  }
}
