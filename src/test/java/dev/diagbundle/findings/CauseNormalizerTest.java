package dev.diagbundle.findings;

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

  @Test
  void messageThatDoesNotNameItsPodIsTheSameForPodsWithShortNames() {
    var message = "Back-off restarting failed container";

    assertEquals(CauseNormalizer.of(message, "a"), CauseNormalizer.of(message, "b"));
  }

  @Test
  void longIdentifiersAreShortened() {
    assertEquals(
        "sandbox \"…\" of pod web-5dd7f7d5-nwrgj, uid …",
        CauseNormalizer.shorten(
            "sandbox \"034a1f377949e6dc7af279bcd34555004f138938\" of pod web-5dd7f7d5-nwrgj, uid"
                + " 84fb84c1-aa0d-496e-ae49-6bed99689424"));
  }

  @Test
  void wordsOfHexadecimalLettersStay() {
    assertEquals(
        "defaced facade-deadbeef-cafe", CauseNormalizer.shorten("defaced facade-deadbeef-cafe"));
  }

  @Test
  void nodesAndNumbersDoNotTellCausesApart() {
    assertEquals(
        CauseNormalizer.of("Node rig-1 failed 3 times", "rig-1"),
        CauseNormalizer.of("Node rig-22 failed 14 times", "rig-22"));
    assertNotEquals(CauseNormalizer.of("pull failed"), CauseNormalizer.of("push failed"));
  }
}
