package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecodingReaderTest {
  private static final Charset GERMAN = Charset.forName("IBM850");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 4096})
  void utf8StaysWhatItIsHoweverItArrives(int step) throws Exception {
    var text = "Größe 上午 𝄞 €\n".repeat(400);
    var reader = reader(trickle(text.getBytes(StandardCharsets.UTF_8), step), false);
    assertEquals(text, all(reader));
    assertFalse(reader.hasFallenBack());
  }

  @Test
  void codePageBeginsAtTheFirstByteThatIsNotUtf8() throws Exception {
    var bytes = "plain Größe\n".getBytes(GERMAN);
    var reader = reader(trickle(bytes, 3), false);
    assertEquals("plain Größe\n", all(reader));
    assertTrue(reader.hasFallenBack());
  }

  @Test
  void codePageIsKeptForTheNextAnswer() throws Exception {
    // These bytes are valid UTF-8 too.
    var bytes = "├ñ".getBytes(GERMAN);
    assertEquals("├ñ", all(reader(trickle(bytes, 1), true)));
  }

  @Test
  void everyByteOfThePageComesBack() throws Exception {
    var bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    assertEquals(256, all(reader(trickle(bytes, 100), true)).chars().distinct().count());
    var undefined = new DecodingReader(trickle(bytes, 100), Charset.forName("windows-1252"), true);
    assertEquals(256, all(undefined).chars().distinct().count());
  }

  @Test
  void letterCutInTwoAtTheEndSaysNothingOfTheEncoding() throws Exception {
    var reader = reader(trickle(new byte[] {'a', (byte) 0xc3}, 1), false);
    assertEquals("a\ufffd", all(reader));
    assertFalse(reader.hasFallenBack());
  }

  @Test
  void brokenBodyIsToldFromABrokenTarget() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new SocketException("Connection reset");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
          }
        };
    var failure =
        assertThrows(DecodingReader.BrokenBodyException.class, () -> all(reader(broken, false)));
    assertEquals("Connection reset", failure.failure().getMessage());
  }

  private static DecodingReader reader(InputStream in, boolean fellBack) {
    return new DecodingReader(in, GERMAN, fellBack);
  }

  private static String all(DecodingReader reader) throws IOException {
    var text = new StringWriter();
    reader.transferTo(text);
    return text.toString();
  }

  /// A stream that gives so many bytes at a time.
  private static InputStream trickle(byte[] bytes, int step) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, step));
      }
    };
  }
}
