package dev.diagbundle.collect.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SortedLinesTest {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  @Test
  void linesComeInTheOrderOfTheirTimesFromHoweverManyRuns() throws IOException {
    var expected = lines(5_000);
    var shuffled = new ArrayList<>(expected);
    Collections.shuffle(shuffled, new Random(1));
    var sorted = new SortedLines(1_000, 1 << 20);
    shuffled.forEach(sorted::add);
    assertEquals(expected, written(sorted));
    assertEquals(0, sorted.left());
  }

  @Test
  void linesOfOneTimeKeepTheirOrder() throws IOException {
    var sorted = new SortedLines(100, 1 << 20);
    var expected = new ArrayList<String>();
    for (int i = 0; i < 200; i++) {
      expected.add(START + " " + i);
    }
    expected.forEach(sorted::add);
    assertEquals(expected, written(sorted));
  }

  @Test
  void oldestLinesGoWhenThereAreTooManyAndAreCounted() throws IOException {
    var all = lines(5_000);
    var sorted = new SortedLines(1_000, 4_000);
    all.forEach(sorted::add);
    var written = written(sorted);
    assertTrue(sorted.left() > 0);
    assertEquals(all.subList((int) sorted.left(), all.size()), written);
  }

  private static List<String> lines(int count) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      lines.add(START.plusSeconds(i) + " event " + i);
    }
    return lines;
  }

  private static List<String> written(SortedLines sorted) throws IOException {
    var text = new StringBuilder();
    sorted.writeTo(text);
    return text.toString().lines().toList();
  }
}
