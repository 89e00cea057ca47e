package dev.diagbundle.kubeconfig.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The values are those that the real kubectl 1.32 finds.
final class YamlTreeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "1e3; 1000",
        "0o7; 7",
        "0b1; 1",
        "-0b1; -1",
        "1_0; 10",
        "+1; 1",
        ".5; 0.5",
        "2.50; 2.5",
        "1.; 1",
        "0x1F; 31",
        "012; 10",
        "09; 9",
        "12345678901234567890123; 12345678901234567890123",
        "1:30; \"1:30\"",
        "=; \"=\"",
        "on; true",
        "n; false",
        "y; true",
        "~; null",
        "Null; null",
        "nUll; \"nUll\"",
        "1,000; \"1,000\"",
        "1_e; \"1_e\"",
        "_1; \"_1\"",
        "0x; \"0x\"",
        "2026-01-01; \"2026-01-01\"",
        "2001-12-14t21:59:43.10-05:00; \"2001-12-14t21:59:43.10-05:00\"",
        "'5'; \"5\"",
        "!!str 5; \"5\"",
        "!!int \"5\"; 5",
        "!foo bar; \"bar\"",
        "!!binary YQ==; \"a\"",
        "x #c; \"x\""
      })
  void scalarsHaveTheTypesOfGo(String yaml, String json) throws Exception {
    assertEquals("{\"v\":" + json + "}", first("v: " + yaml));
  }

  @Test
  void mergeReplacesTheKeysBeforeItAndNotThoseAfterIt() throws Exception {
    assertEquals("{\"a\":2,\"b\":3}", first("{a: 1, <<: {a: 2, b: 3}}"));
    assertEquals("{\"a\":1,\"b\":3}", first("{<<: {a: 2, b: 3}, a: 1}"));
    assertEquals("{\"a\":1,\"b\":3}", first("{<<: [{a: 1}, {a: 2, b: 3}]}"));
    assertEquals(
        "{\"x\":{\"a\":1},\"c\":{\"a\":1,\"b\":2}}", first("x: &x {a: 1}\nc: {<<: *x, b: 2}"));
    assertEquals("{\"<<\":{\"a\":1}}", first("{'<<': {a: 1}}"));
  }

  @Test
  void firstOfSeveralDocumentsCounts() throws Exception {
    assertEquals("{\"a\":1}", first("a: 1\n---\nb: [\n"));
    assertEquals("null", first("---\n---\na: 1\n"));
    assertEquals("", first("# nothing\n"));
  }

  @Test
  void lastOfEqualKeysCounts() throws Exception {
    assertEquals("{\"a\":2}", first("a: 1\na: 2\n"));
    assertEquals("{\"a\":2}", first("{\"a\": 1, \"a\": 2}"));
  }

  @Test
  void jsonMayBeIndentedWithTabs() throws Exception {
    assertEquals("{\"a\":[1]}", first("\ufeff{\n\t\"a\":\t[\n\t\t1\n\t]\n}\n"));
  }

  @Test
  void hostileTextsAreRejectedWithoutQuotingThem() {
    var bomb = new StringBuilder("a0: &a0 [secret]\n");
    for (int i = 1; i < 12; i++) {
      var alias = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
    }
    assertEquals("too many or too deeply nested values", fault(bomb.toString()));
    assertEquals("value that contains itself at line 1, column 4", fault("a: &a [*a]"));
    assertTrue(fault("[".repeat(9999)).startsWith("not valid YAML"));
    assertEquals("not valid YAML at line 1, column 11", fault("token: abc: secret"));
    assertEquals("merge of something that is no map at line 1, column 5", fault("<<: secret"));
    assertEquals("infinite number at line 1, column 4", fault("a: .inf"));
    assertEquals("invalid number at line 1, column 4", fault("a: !!int secret"));
  }

  private static String fault(String yaml) {
    return String.valueOf(
        assertThrows(MalformedYamlException.class, () -> first(yaml)).getMessage());
  }

  private static String first(String yaml) throws MalformedYamlException {
    return YamlTree.first(yaml.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
