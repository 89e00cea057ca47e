package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CodePageTest {
  @Test
  void everyKnownPageHasAsciiAndOneLetterForEachByte() {
    for (int number : CodePage.numbers()) {
      var charset = CodePage.parse(Integer.toString(number)).orElseThrow().charset();
      assertEquals("abc ~\n", new String("abc ~\n".getBytes(StandardCharsets.US_ASCII), charset));
      assertEquals(256, new String(new byte[256], charset).length(), charset.name());
    }
  }

  @Test
  void pagesOfTwoBytesAndOtherTextsAreUnknown() {
    assertEquals(Optional.empty(), CodePage.parse("932"));
    assertEquals(Optional.empty(), CodePage.parse("0437"));
    assertEquals(Optional.empty(), CodePage.parse("utf-8"));
  }

  @Test
  void pagesDiffer() {
    var bytes = new byte[] {(byte) 0xe1, (byte) 0x9d};
    assertEquals("ß¥", new String(bytes, CodePage.USUAL.charset()));
    assertFalse(new String(bytes, new CodePage(850).charset()).equals("ß¥"));
  }
}
