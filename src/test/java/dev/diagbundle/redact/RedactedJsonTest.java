package dev.diagbundle.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was JSON stays JSON when its secrets are gone, also as a text within a text.
final class RedactedJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        """
        {"staticPodURLHeader":{"X-Token":["s3cr3tvalue42"]},"b":1} | {"staticPodURLHeader":{"redacted":"[redacted:object-values]"},"b":1}
        """,
        """
        {"stringData":{"a":"s3cr3tvalue42"},"b":1} | {"stringData":{"redacted":"[redacted:object-values]"},"b":1}
        """,
        """
        {"password": 12345678, "b": true} | {"password": "[redacted:password]", "b": true}
        """,
        """
        {"password": "12345678", "b": true} | {"password": "[redacted:password]", "b": true}
        """
      })
  void jsonStaysJson(String text, String expected) throws Exception {
    assertEquals(expected.strip(), Redaction.standard().text(text.strip()));
    var within = JSON.writeValueAsString(JSON.createObjectNode().put("text", text.strip()));
    var redacted = JSON.readTree(Redaction.standard().text(within)).path("text").asText();
    assertEquals(JSON.readTree(expected), JSON.readTree(redacted));
  }

  @Test
  void whatIsRedactedIsNotCountedOnceMore() throws Exception {
    for (PlantedText planted : PlantedText.all()) {
      var out = Redaction.standard().over(OutputStream.nullOutputStream());
      out.write(planted.expected().getBytes(StandardCharsets.UTF_8));
      out.finish();
      assertEquals(Map.of(), out.counts(), planted.expected());
    }
  }
}
