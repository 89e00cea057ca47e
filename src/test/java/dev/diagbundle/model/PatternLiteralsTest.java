package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a pattern says of the lines it can be found in.
final class PatternLiteralsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "out of memory;out of memory",
        "(?i)out of memory;out of memory",
        "foo.*longer;longer",
        "lost|gone away;lost,gone away",
        "colou?red;colo",
        "abc+d;abc",
        "abc{0,2}defg;defg",
        "(abc|def)ghi;ghi",
        "x(a\\)b)?yyy;yyy",
        "[]abc]def;def",
        "[[:alpha:]]xyz;xyz",
        "10\\.0\\.0\\.1;10.0.0.1",
        "\\d+errors;errors",
        // These tell nothing for sure.
        "error|.;",
        "er;",
        ".*;",
        "(error);",
        "\\x41bcd;",
        "\\Qa.b.c\\E;",
        "\\p{Greek}abc;",
        "(?i)ärger;rger",
      })
  void everyMatchHasOne(String pattern, String literals) {
    var expected = literals == null ? List.<String>of() : List.of(literals.split(",", -1));
    assertEquals(expected, LinePattern.parse(pattern).orElseThrow().literals(3));
  }

  @Test
  void patternThatFillsTheMemoryIsNone() {
    for (var text : List.of("((a{1000}){1000}){1000}", "(((a{99}){99}b){99}c){9}")) {
      assertTrue(LinePattern.parse(text).isEmpty(), text);
      assertEquals("its repetitions make it too large", LinePattern.fault(text).orElseThrow());
    }
    assertTrue(LinePattern.parse("(a{10}b){100}[0-9a-f]{64}").isPresent());
  }
}
