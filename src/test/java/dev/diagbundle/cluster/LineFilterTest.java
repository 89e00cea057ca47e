package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.cluster.LineFilter.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LineFilterTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void linesAreKeptOrDroppedByTheirBeginning() throws IOException {
    var result = filter("keep one\ndrop two\nkeep three\n", 16 << 10);
    assertEquals("keep one\nkeep three\n", text());
    assertEquals(new LineFilter.Result(2, 29, false, true), result);
  }

  @Test
  void resultIsTheSameHoweverTheBytesArrive() throws IOException {
    for (int size = 1; size < 12; size++) {
      out.reset();
      filter("k\n\ndrop\nkeep me\nkeep", size);
      assertEquals("keep me\nkeep", text());
    }
  }

  @Test
  void ruleEndsTheCopy() throws IOException {
    var result = filter("keep\nstop\nkeep\n", 16 << 10);
    assertEquals("keep\n", text());
    assertEquals(true, result.stopped());
  }

  @Test
  void lastLineWithoutALineFeedIsSeen() throws IOException {
    assertEquals(false, filter("keep\nkeep no end", 16 << 10).endsInLineFeed());
    assertEquals("keep\nkeep no end", text());
  }

  @Test
  void lineOfAnyLengthPassesThrough() throws IOException {
    var line = "keep" + "x".repeat(1_000_000) + "\n";
    filter("drop" + line.substring(4) + line, 16 << 10);
    assertEquals(line, text());
  }

  private LineFilter.Result filter(String text, int arriving) throws IOException {
    LineFilter.Rule rule =
        head -> {
          var start = new String(head, StandardCharsets.UTF_8);
          if (start.startsWith("stop")) {
            return Verdict.STOP;
          }
          return start.startsWith("keep") ? Verdict.KEEP : Verdict.DROP;
        };
    return new LineFilter(4, rule).copy(inPieces(text, arriving), out);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static InputStream inPieces(String text, int size) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, size));
      }
    };
  }
}
