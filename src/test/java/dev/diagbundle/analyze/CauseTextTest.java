package dev.diagbundle.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

/// What messages of one cause have in common.
final class CauseTextTest {
  @Test
  void identifiersNumbersAndNamesDoNotTellCausesApart() {
    assertEquals(
        CauseText.of("sandbox 4b3f81ec73c0250f for web-1 at 10.0.0.1:443 after 12s", "web-1"),
        CauseText.of(
            "(combined from similar events): sandbox 9fc9d2452d708a20 for web-22 at"
                + " 10.0.0.17:8443 after 3s",
            "web-22"));
  }

  @Test
  void wordsTellCausesApart() {
    assertNotEquals(CauseText.of("connection refused"), CauseText.of("connection reset"));
  }

  @Test
  void nameThatIsAPartOfAWordIsLeftAlone() {
    assertEquals("db unreachable by …", CauseText.of("db unreachable by a", "a"));
  }
}
