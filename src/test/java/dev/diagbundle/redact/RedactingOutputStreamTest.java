package dev.diagbundle.redact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stream: parts of any size, lines of any length, bytes of any kind, rules that fail.
final class RedactingOutputStreamTest {
  private static final Redaction STANDARD = Redaction.standard();

  @Test
  void bytesThatAreNoTextPassAsTheyAre() throws IOException {
    var bytes = new byte[1_000_000];
    new Random(7).nextBytes(bytes);
    assertArrayEquals(bytes, redacted(bytes, 8_192));
  }

  @Test
  void secretsAreFoundWhereverThePartsAreCut() throws IOException {
    for (PlantedText planted : PlantedText.all()) {
      var bytes = planted.text().getBytes(ISO_8859_1);
      for (int part : new int[] {1, 7}) {
        var out = new String(redacted(bytes, part), ISO_8859_1);
        assertEquals(planted.expected(), out, planted.rule());
      }
    }
  }

  @Test
  void whatWasRedactedStaysAsItIs() throws IOException {
    for (PlantedText planted : PlantedText.all()) {
      var once = STANDARD.text(planted.text());
      assertEquals(once, STANDARD.text(once), planted.rule());
    }
  }

  @Test
  void secretsAcrossTheBordersOfTheBufferAreFound() throws IOException {
    var secret = "password=hunter2-planted user=x\n";
    for (int before = 64 * 1024 - 40; before < 64 * 1024 + 10; before++) {
      for (var filler : List.of("a", "\n", " ")) {
        var text = filler.repeat(before - 1) + " " + secret;
        var out = new String(redacted(text.getBytes(ISO_8859_1), 8_192), ISO_8859_1);
        assertTrue(out.endsWith(" password=[redacted:password] user=x\n"), filler + before);
        assertEquals(before, out.indexOf("password="));
      }
    }
  }

  @Test
  void invalidUtf8AroundASecretHidesNothing() throws IOException {
    byte[] text = "\u00e0\u00e0password=hunter2-planted\u00ff\u00c3 x".getBytes(ISO_8859_1);
    var out = new String(redacted(text, 3), ISO_8859_1);
    assertFalse(out.contains("hunter2"), out);
    assertTrue(out.startsWith("\u00e0\u00e0password="), out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"password=", "\"token\":\"", "Authorization: Bearer ", "eyJhbGciOiJx.a"})
  void aSecretOfTenMegabytesGoesWhole(String before) throws IOException {
    var text = "first " + before + "QUJD".repeat(2_500_000) + "\" last\n";
    var out = new String(redacted(text.getBytes(ISO_8859_1), 65_536), ISO_8859_1);
    assertFalse(out.contains("QUJD"), () -> out.substring(0, 100));
    assertTrue(out.startsWith("first ") && out.endsWith("\" last\n"), out);
  }

  @Test
  void secretsInALineOfAHundredMegabytesAreCounted() throws IOException {
    var part = ("x".repeat(99_970) + " password=hunter2-planted ").getBytes(ISO_8859_1);
    var sink = new Counting();
    var out = STANDARD.over(sink);
    for (int i = 0; i < 1_000; i++) {
      out.write(part);
    }
    out.finish();
    assertEquals(Map.of("password", 1_000L), out.counts());
    int longer = "[redacted:password]".length() - "hunter2-planted".length();
    assertEquals(1_000L * (part.length + longer), sink.bytes);
  }

  @Test
  void secretsAreCountedByRule() throws IOException {
    var out = STANDARD.over(OutputStream.nullOutputStream());
    out.write(
        "password=hunter2-x\nnothing\n{\"token\":\"abc12345\",\"passwd\":\"x1\"}\n"
            .getBytes(ISO_8859_1));
    out.finish();
    assertEquals(Map.of("password", 2L, "token", 1L), out.counts());
  }

  /// Hostile lines: what rules look at grows as the text does, not faster, and is no more than a
  /// few hundred times as much.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "token",
        "token=",
        "password:",
        "\"",
        "\\\"",
        "\\",
        "://",
        "a:b@",
        "eyJ",
        "eyJa.",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----",
        "-----END ",
        "key=key=",
        "\"name\":\"token\",",
        "secret: {",
        "authorization: ",
        "Bearer ",
        "basic QQ==",
        "data\":{",
        "stringdata\\\":",
        "LS0tLS1CRUdJTi",
        "curl -u ",
        "machine ",
        "ConvertTo-SecureString ",
        ": aq",
        "YXBpVmVyc2lvbjog",
        "Pwd={",
        "jdbc:oracle:thin:a/",
        "@tcp(",
        "8q~",
        "--token ",
        "password=\"",
        "'password': '",
        "pwd|",
        "token:\n",
        "[[[[token:["
      })
  @Tag("property")
  void hostileRepetitionCostsInProportionToItsLength(String part) throws IOException {
    long small = looks(part, 200_000);
    long large = looks(part, 800_000);
    assertTrue(large <= 5 * small + 5_000_000, part + ": " + small + ", then " + large);
    assertTrue(large < 800_000L * 3_000, part + ": " + large / 800_000 + " looks for each byte");
  }

  @Test
  void wordsThatBeginCommandsAreCheapWhereNoPasswordFollows() throws IOException {
    for (String word : List.of("curl ", "mysql ", "schtasks ", "docker login ")) {
      assertTrue(looks(word, 1_000_000) > 0);
    }
  }

  @Test
  void aRuleThatFailsIsNamedAndNothingMorePasses() throws IOException {
    var sink = new ByteArrayOutputStream();
    var out = new Redaction(List.of(new Failing())).over(sink);
    out.write("before boom after".getBytes(ISO_8859_1));
    var e = assertThrows(RedactionException.class, out::finish);
    assertEquals("the redaction rule 'failing' failed: IllegalStateException", e.getMessage());
    assertThrows(IOException.class, out::finish);
    assertEquals("", sink.toString(ISO_8859_1));
  }

  private static long looks(String part, int length) throws IOException {
    var bytes = part.repeat(length / part.length()).getBytes(ISO_8859_1);
    var out = STANDARD.over(OutputStream.nullOutputStream());
    out.write(bytes);
    out.finish();
    return out.looks();
  }

  private static byte[] redacted(byte[] bytes, int part) throws IOException {
    var sink = new ByteArrayOutputStream();
    var out = STANDARD.over(sink);
    for (int i = 0; i < bytes.length; i += part) {
      out.write(bytes, i, Math.min(part, bytes.length - i));
    }
    out.finish();
    return sink.toByteArray();
  }

  private static final class Counting extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] buffer, int offset, int count) {
      bytes += count;
    }
  }

  private record Failing() implements TextRule {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public List<String> literals() {
      return List.of("boom");
    }

    @Override
    public Optional<SecretMatch> find(Window window, int start, int end) {
      throw new IllegalStateException("with the secret in its words");
    }
  }
}
