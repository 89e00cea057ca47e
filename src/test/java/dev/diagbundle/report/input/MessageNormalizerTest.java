package dev.diagbundle.report.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class MessageNormalizerTest {
  @Test
  void longIdentifiersAreShortened() {
    assertEquals(
        "sandbox \"…\" of pod web-5dd7f7d5-nwrgj, uid …",
        MessageNormalizer.shorten(
            "sandbox \"034a1f377949e6dc7af279bcd34555004f138938\" of pod web-5dd7f7d5-nwrgj, uid"
                + " 84fb84c1-aa0d-496e-ae49-6bed99689424"));
  }

  @Test
  void wordsOfHexadecimalLettersStay() {
    assertEquals(
        "defaced facade-deadbeef-cafe", MessageNormalizer.shorten("defaced facade-deadbeef-cafe"));
  }

  @Test
  void keyIgnoresNumbersAndTheGivenNames() {
    assertEquals(
        MessageNormalizer.key("Node rig-1 failed 3 times", "rig-1"),
        MessageNormalizer.key("Node rig-22 failed 14 times", "rig-22"));
    assertNotEquals(MessageNormalizer.key("pull failed"), MessageNormalizer.key("push failed"));
  }
}
