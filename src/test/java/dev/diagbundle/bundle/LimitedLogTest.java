package dev.diagbundle.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.truncate.LimitedLog;
import dev.diagbundle.bundle.truncate.Truncation.Missing;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.Priority;
import dev.diagbundle.bundle.write.PriorityTier;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.testing.SmallDisk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is kept of a log that is longer than the limit of its item.
final class LimitedLogTest {
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
  private static final int LIMIT = 1 << 20;
  private static final long ROOM = 1L << 40;

  @TempDir private Path folder;
  private final SmallDisk disk = new SmallDisk(ROOM);
  private Optional<LimitedLog> limited = Optional.empty();

  @Test
  void logUpToItsLimitIsWhole() throws Exception {
    var log = bytes(lines(10_000, Set.of(5)));
    assertEquals(new String(log, StandardCharsets.UTF_8), written(log, log.length));
    assertEquals(Optional.empty(), limited);
  }

  /// The first error in the first part, in the middle, where both meet, and in the newest part.
  @ParameterizedTest
  @CsvSource({
    "40, 150000",
    "9000, 150000",
    "15400, 15500",
    "100000, 101000",
    "60000, 199999",
    "199000, 199500"
  })
  void newestLinesAndThoseAroundTheFirstAndTheNewestErrorAreKept(int first, int newest)
      throws Exception {
    var all = lines(200_000, Set.of(first, (first + newest) / 2, newest));
    var log = bytes(all);
    var text = written(log, LIMIT);
    assertTrue(text.length() <= LIMIT && text.length() > LIMIT * 9 / 10, "" + text.length());
    var kept = text.lines().toList();
    assertEquals(all.getLast(), kept.getLast());
    for (int error : new int[] {first, newest}) {
      int at = kept.indexOf(all.get(error));
      assertEquals(all.subList(error - 30, error), kept.subList(at - 30, at));
      int behind = Math.min(all.size(), error + 60);
      assertEquals(all.subList(error, behind), kept.subList(at, at + behind - error));
    }
    assertAccountsForEverything(log, all.size(), kept);
  }

  @Test
  void logWithoutErrorsHasOneGap() throws Exception {
    var all = lines(100_000, Set.of());
    var log = bytes(all);
    var kept = written(log, LIMIT).lines().toList();
    assertEquals(all.getLast(), kept.getLast());
    var gap = limited.orElseThrow().gaps().getFirst();
    assertEquals(1, limited.orElseThrow().gaps().size());
    assertEquals(all.getFirst().substring(0, 20), gap.from());
    assertEquals(all.get((int) gap.lines() - 1).substring(0, 20), gap.to());
    assertEquals(
        "[diagbundle: %,d lines, %,d bytes, %s to %s left out, the item's size limit]"
            .formatted(gap.lines(), gap.bytes(), gap.from(), gap.to()),
        kept.getFirst());
    assertAccountsForEverything(log, all.size(), kept);
  }

  @Test
  void anyLogKeepsItsLastLineAndAccountsForEveryOther() throws Exception {
    var random = new Random(7);
    for (int i = 0; i < 60; i++) {
      var all = new ArrayList<String>();
      int count = 1 + random.nextInt(3_000);
      for (int n = 0; n < count; n++) {
        var level = random.nextInt(400) == 0 ? "error" : "info";
        int length = random.nextInt(500) == 0 ? random.nextInt(200_000) : random.nextInt(300);
        all.add(BEGIN.plusSeconds(n) + " level=" + level + " " + "x".repeat(length));
      }
      var log = bytes(all);
      int limit = 20_000 + random.nextInt(200_000);
      var text = written(log, limit);
      if (log.length <= limit) {
        assertEquals(new String(log, StandardCharsets.UTF_8), text);
        continue;
      }
      assertTrue(text.length() <= limit, text.length() + " of " + limit);
      assertTrue(text.endsWith(last(all, 1_000)), "run " + i);
      var missing = limited.orElseThrow();
      assertEquals(log.length, missing.bytes());
      assertEquals(count, missing.lines());
      long notes = text.lines().filter(LimitedLogTest::isNote).count();
      assertEquals(missing.gaps().size(), notes);
    }
  }

  @Test
  void lineThatIsLongerThanTheLimitKeepsItsEnd() throws Exception {
    var line = "x".repeat(3 * LIMIT) + "the end";
    var text = written(line.getBytes(StandardCharsets.UTF_8), LIMIT);
    assertTrue(text.startsWith("[diagbundle: "), text.substring(0, 20));
    assertTrue(text.endsWith("xthe end"));
    assertTrue(text.length() <= LIMIT);
  }

  @Test
  void fileThatIsNoTextKeepsItsNewestBytesAndNoMarker() throws Exception {
    var bytes = new byte[3 * LIMIT];
    new Random(3).nextBytes(bytes);
    bytes[100] = 0;
    var all = new String(bytes, StandardCharsets.ISO_8859_1);
    assertEquals(all.substring(2 * LIMIT), written(bytes, LIMIT, StandardCharsets.ISO_8859_1));
    assertEquals(List.of(), limited.orElseThrow().gaps());
  }

  @Test
  void diskUseIsBoundedByTheLimitHoweverLongTheLogIs() throws Exception {
    var random = new Random(11);
    var all = new ArrayList<String>();
    for (int i = 0; i < 60_000; i++) {
      var noise = new byte[120];
      random.nextBytes(noise);
      for (int n = 0; n < noise.length; n++) {
        noise[n] = (byte) ('!' + (noise[n] & 0x3f));
      }
      var level = i % 20_000 == 9_000 ? "error" : "info";
      all.add("level=" + level + " " + new String(noise, StandardCharsets.US_ASCII));
    }
    var kept = written(bytes(all), LIMIT).lines().toList();
    assertEquals(all.getLast(), kept.getLast());
    long used = ROOM - disk.least();
    assertTrue(used < 4 * LIMIT, "used " + used);
  }

  private void assertAccountsForEverything(byte[] log, int lines, List<String> kept) {
    var missing = limited.orElseThrow();
    assertEquals(log.length, missing.bytes());
    assertEquals(lines, missing.lines());
    var notes = kept.stream().filter(LimitedLogTest::isNote).toList();
    assertEquals(missing.gaps().size(), notes.size());
    long gapLines = missing.gaps().stream().mapToLong(Missing::lines).sum();
    long gapBytes = missing.gaps().stream().mapToLong(Missing::bytes).sum();
    assertEquals(lines, kept.size() - notes.size() + gapLines);
    long keptBytes =
        kept.stream().filter(line -> !isNote(line)).mapToLong(line -> line.length() + 1).sum();
    assertEquals(log.length, keptBytes + gapBytes);
    assertFalse(missing.gaps().stream().anyMatch(gap -> gap.from().isEmpty()));
  }

  private static boolean isNote(String line) {
    return line.startsWith("[diagbundle: ");
  }

  private static String last(List<String> all, int most) {
    var line = all.getLast() + "\n";
    return line.substring(Math.max(0, line.length() - most));
  }

  private static List<String> lines(int count, Set<Integer> errors) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            BEGIN.plusSeconds(i)
                + " level="
                + (errors.contains(i) ? "error" : "info")
                + " line number "
                + i
                + " of a log that is too long")
        .toList();
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private String written(byte[] log, long maxBytes) throws Exception {
    return written(log, maxBytes, StandardCharsets.UTF_8);
  }

  private String written(byte[] log, long maxBytes, java.nio.charset.Charset charset)
      throws Exception {
    var path = EntryPath.of("log");
    var rank = new Priority(PriorityTier.OTHERS, 0, "n", true);
    var file = folder.resolve("x.tar.gz");
    var random = new Random(log.length);
    try (var writer =
        BundleWriter.create(
            file, SampleRun.run().rootFolder(), WriterOptions.unlimited().withOpener(disk))) {
      try (var entry = writer.open(path, "item", BEGIN, rank, maxBytes)) {
        for (int at = 0; at < log.length; ) {
          int count = Math.min(log.length - at, 1 + random.nextInt(50_000));
          entry.write(log, at, count);
          at += count;
        }
        assertEquals(log.length, entry.bytes());
        entry.commit();
        limited = entry.limited();
      }
      SampleRun.finish(writer);
    }
    try (var reader = BundleReader.open(file)) {
      var entry =
          reader.manifest().entries().stream()
              .filter(one -> one.path().equals(path))
              .findFirst()
              .orElseThrow();
      try (var in = reader.open(entry)) {
        return new String(in.readAllBytes(), charset);
      }
    }
  }
}
