package dev.diagbundle.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.model.EntryPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HrefTest {
  @Test
  void segmentsArePercentEncoded() {
    assertEquals(
        "./nodes/a%20b/%25%3Cx%3E%23%C3%A4.log",
        new Href("./nodes/a%20b/%25%3Cx%3E%23%C3%A4.log").value());
    assertEquals(
        "./nodes/a%20b/%25c3%23%C3%A4.log",
        Href.entry(new EntryPath("nodes/a b/%c3#ä.log")).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"#", "", "javascript:alert(1)", "//x", "./a b", "./a\"b", "https://x", "/a"})
  void otherTargetsCannotBeMade(String target) {
    assertThrows(IllegalArgumentException.class, () -> new Href(target));
  }
}
