package dev.diagbundle.model.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ways to fields.
final class FieldPathTest {
  private static final String OBJECT =
      """
      {"metadata":{"annotations":{"example.com/a.b":"x"}},
       "spec":{"replicas":3,"containers":[{"name":"a","image":"i1"},{"name":"b"}],"none":[]},
       "status":{"conditions":[{"type":"Ready","status":"False"},{"type":"Other","status":"True"}]}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        ".spec.replicas | 3",
        ".metadata.annotations[\"example.com/a.b\"] | x",
        ".status.conditions[type=Ready].status | False",
        ".status.conditions[type=\"Other\"].status | True",
        ".spec.containers[0].image | i1",
        ".spec.containers[*].name | a,b",
        ".spec.containers[*].image | i1,-",
        ".spec.nothing.at.all | -",
        ".spec.none[*].image | -",
        ".status.conditions[type=Gone].status | -",
        ".spec.replicas.deeper | -",
        ".metadata[*][\"example.com/a.b\"] | x",
      })
  void leadsToValuesOrSaysThatNothingIsThere(String path, String expected) throws Exception {
    var tree = new ObjectMapper().readTree(OBJECT);
    var found = FieldPath.parse(path).orElseThrow().values(tree);
    assertEquals(
        List.of(expected.split(",", -1)), found.stream().map(FieldPathTest::text).toList());
  }

  @Test
  void whatIsNoPathIsNamedFromThereOn() {
    assertEquals("spec.replicas", FieldPath.fault("spec.replicas").orElseThrow());
    assertEquals("/b", FieldPath.fault(".metadata.labels.a/b").orElseThrow());
    assertEquals("[", FieldPath.fault(".spec[").orElseThrow());
    assertEquals("it is empty", FieldPath.fault("").orElseThrow());
    assertTrue(FieldPath.parse(".a..b").isEmpty());
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "-" : node.asText();
  }
}
