package dev.diagbundle.report.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TruncatedLinesTest {
  @Test
  void linesEndAtLineFeeds() throws Exception {
    assertEquals(List.of("a", "", "b"), lines("a\r\n\nb"));
    assertEquals(List.of("a"), lines("a\n"));
    assertEquals(List.of(), lines(""));
  }

  @Test
  void longLinesKeepTheirHead() throws Exception {
    assertEquals(List.of("xxxxxxxxxx…", "y"), lines("x".repeat(100_000) + "\ny"));
    assertEquals(List.of("x".repeat(10)), lines("x".repeat(10)));
  }

  private static List<String> lines(String text) throws IOException {
    var lines = new ArrayList<String>();
    try (var cut =
        new TruncatedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 10)) {
      for (var line = cut.next(); line.isPresent(); line = cut.next()) {
        lines.add(line.get());
      }
    }
    return lines;
  }
}
