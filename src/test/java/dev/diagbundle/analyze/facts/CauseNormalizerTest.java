package dev.diagbundle.analyze.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/// What messages of one cause have in common.
final class CauseNormalizerTest {
  @Test
  void identifiersNumbersAndNamesDoNotTellCausesApart() {
    assertEquals(
        CauseNormalizer.of("sandbox 4b3f81ec73c0250f for web-1 at 10.0.0.1:443 after 12s", "web-1"),
        CauseNormalizer.of(
            "(combined from similar events): sandbox 9fc9d2452d708a20 for web-22 at"
                + " 10.0.0.17:8443 after 3s",
            "web-22"));
  }

  @Test
  void wordsTellCausesApart() {
    assertNotEquals(
        CauseNormalizer.of("connection refused"), CauseNormalizer.of("connection reset"));
  }

  @Test
  void nameThatIsAPartOfAWordIsLeftAlone() {
    assertEquals("db unreachable by …", CauseNormalizer.of("db unreachable by a", "a"));
  }
}
