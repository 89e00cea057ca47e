package dev.diagbundle.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.archive.FileOpener;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.truncate.Truncation;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.Priority;
import dev.diagbundle.bundle.write.PriorityTier;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.EntryPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What gets into a bundle that has no room for all.
final class BundleImportanceTest {
  private static final long MAX = 1 << 20;
  private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path folder;
  private final AtomicLong largestFile = new AtomicLong();

  @Test
  void whatTellsMostGetsInThoughItComesLast() throws Exception {
    List<Truncation> cuts;
    try (var writer = create()) {
      for (int i = 0; i < 20; i++) {
        write(writer, "logs/" + i, log(2_000, i, -1), PriorityTier.OTHERS, "n" + i, true);
      }
      for (int i = 0; i < 50; i++) {
        write(writer, "describe/" + i, log(20, i, -1), PriorityTier.TELLING, "", false);
      }
      cuts = writer.settle();
      SampleRun.finish(writer);
    }
    long size = Files.size(file());
    assertTrue(size <= MAX, "size is " + size);
    assertTrue(size > MAX * 6 / 10, "size is " + size);
    try (var reader = BundleReader.open(file())) {
      var paths = reader.manifest().entries().stream().map(entry -> entry.path().value()).toList();
      assertEquals(50, paths.stream().filter(path -> path.startsWith("describe/")).count());
      assertEquals(20, paths.stream().filter(path -> path.startsWith("logs/")).count());
    }
    assertTrue(cuts.stream().allMatch(Truncation::kept));
    assertFalse(cuts.isEmpty());
  }

  @Test
  void longLogKeepsItsNewestLinesAndThoseAroundItsFirstError() throws Exception {
    Truncation cut;
    try (var writer = create()) {
      write(writer, "log", log(40_000, 1, 9_000), PriorityTier.OTHERS, "n", true);
      cut = writer.settle().getFirst();
      SampleRun.finish(writer);
    }
    assertTrue(Files.size(file()) <= MAX);
    assertEquals(40_000, cut.lines());
    assertEquals("2026-03-01T00:00:00Z", cut.missing().from());
    var lines = text("log").lines().toList();
    assertTrue(lines.stream().anyMatch(line -> line.contains(" level=error ")));
    assertTrue(lines.getLast().startsWith(BEGIN.plusSeconds(39_999) + " "));
    var notes = lines.stream().filter(line -> line.startsWith("[diagbundle: ")).toList();
    assertEquals(2, notes.size(), notes.toString());
    assertEquals(40_000, lines.size() - notes.size() + cut.missing().lines());
    int error = lines.indexOf(lines.stream().filter(l -> l.contains("=error")).findAny().get());
    assertTrue(lines.get(error - 10).startsWith(BEGIN.plusSeconds(8_990) + " "));
    assertTrue(lines.get(error + 10).startsWith(BEGIN.plusSeconds(9_010) + " "));
    assertEquals(cut.missing().bytes(), log(40_000, 1, 9_000).length - keptBytes(lines));
  }

  @Test
  void logWithManyErrorsKeepsTheSurroundingsOfItsFirstAndOfItsNewestOne() throws Exception {
    var all = new String(log(40_000, 1, 9_000), StandardCharsets.UTF_8).split("\n");
    for (int i = 12_000; i <= 20_000; i += 1_000) {
      all[i] = all[i].replace("=info", "=error");
    }
    var log = (String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8);
    Truncation cut;
    try (var writer = create()) {
      write(writer, "log", log, PriorityTier.OTHERS, "n", true);
      cut = writer.settle().getFirst();
      SampleRun.finish(writer);
    }
    var lines = text("log").lines().toList();
    var notes = lines.stream().filter(line -> line.startsWith("[diagbundle: ")).toList();
    assertEquals(3, notes.size(), notes.toString());
    var errors = lines.stream().filter(line -> line.contains("=error")).toList();
    assertEquals(List.of(all[9_000], all[20_000]), errors);
    int newest = lines.indexOf(all[20_000]);
    assertEquals(List.of(all).subList(19_990, 20_010), lines.subList(newest - 10, newest + 10));
    assertEquals(all[39_999], lines.getLast());
    assertEquals(40_000, lines.size() - notes.size() + cut.missing().lines());
    assertEquals(log.length, cut.missing().bytes() + keptBytes(lines));
  }

  @Test
  void noisyNodeLeavesTheOthersTheirShare() throws Exception {
    List<Truncation> cuts;
    try (var writer = create()) {
      for (int i = 0; i < 40; i++) {
        write(writer, "noisy/" + i, log(2_000, i, -1), PriorityTier.OTHERS, "noisy", true);
      }
      for (int i = 0; i < 3; i++) {
        write(writer, "calm-" + i, log(500, i, -1), PriorityTier.OTHERS, "calm-" + i, true);
      }
      cuts = writer.settle();
      SampleRun.finish(writer);
    }
    assertTrue(Files.size(file()) <= MAX);
    assertTrue(cuts.stream().allMatch(cut -> cut.path().value().startsWith("noisy/")));
    assertTrue(cuts.size() > 30);
  }

  @Test
  void whatWaitsOnTheDiskDoesNotGrowWithWhatIsCollected() throws Exception {
    List<Truncation> cuts;
    try (var writer = create()) {
      for (int i = 0; i < 100; i++) {
        write(writer, "logs/" + i, log(3_000, i, 700), PriorityTier.BROKEN_PODS, "n" + i, true);
      }
      cuts = writer.settle();
      SampleRun.finish(writer);
    }
    assertTrue(Files.size(file()) <= MAX);
    assertTrue(largestFile.get() < 3 * MAX, "a file had " + largestFile);
    // Also a log that was cut several times still has its first error and its end.
    var cut = cuts.stream().filter(Truncation::kept).findFirst().orElseThrow();
    assertEquals("2026-03-01T00:00:00Z", cut.missing().from());
    var text = text(cut.path().value());
    assertTrue(text.contains(" level=error "), text);
    assertTrue(text.contains("\n" + BEGIN.plusSeconds(2_999) + " "));
  }

  @Test
  void fileThatIsNoTextIsWholeOrNotThere() throws Exception {
    var bytes = new byte[3 << 20];
    new Random(5).nextBytes(bytes);
    List<Truncation> cuts;
    try (var writer = create()) {
      write(writer, "files/core.gz", bytes, PriorityTier.OTHERS, "n", true);
      write(writer, "files/text", log(10, 1, -1), PriorityTier.OTHERS, "n", true);
      cuts = writer.settle();
      SampleRun.finish(writer);
    }
    var cut = cuts.getFirst();
    assertEquals("files/core.gz", cut.path().value());
    assertFalse(cut.kept());
    assertTrue(cut.hasOthers());
    assertEquals(3 << 20, cut.missing().bytes());
    assertEquals(1, cuts.size());
  }

  @Test
  void oneEndlessLineIsLeftOut() throws Exception {
    var line = new String(log(20_000, 1, -1), StandardCharsets.UTF_8).replace('\n', ' ');
    List<Truncation> cuts;
    try (var writer = create()) {
      write(writer, "log", line.getBytes(StandardCharsets.UTF_8), PriorityTier.OTHERS, "n", true);
      cuts = writer.settle();
      SampleRun.finish(writer);
    }
    assertFalse(cuts.getFirst().kept());
    assertTrue(Files.size(file()) <= MAX);
  }

  @Test
  void bundleIsNotSealedWhileEntriesWait() throws Exception {
    try (var writer = create()) {
      write(writer, "log", log(40_000, 1, 9_000), PriorityTier.OTHERS, "n", true);
      assertThrows(
          IllegalStateException.class, () -> writer.seal(SampleRun.run(), SampleRun.items()));
    }
    try (var left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static long keptBytes(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.startsWith("[diagbundle: "))
        .mapToLong(line -> line.length() + 1)
        .sum();
  }

  private void write(
      BundleWriter writer,
      String path,
      byte[] content,
      PriorityTier importance,
      String node,
      boolean log)
      throws IOException {
    var precedence = new Priority(importance, 0, node, log);
    try (var entry = writer.open(new EntryPath(path), "item", SampleRun.MODIFIED, precedence)) {
      entry.write(content);
      entry.commit();
    }
  }

  /// Lines that hardly compress, one a second.
  private static byte[] log(int lines, int seed, int error) {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(BEGIN.plusSeconds(i)).append(i == error ? " level=error " : " level=info ");
      for (int j = 0; j < 6; j++) {
        text.append(Long.toString(random.nextLong() >>> 1, 36));
      }
      text.append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Path file() {
    return folder.resolve("b.tar.gz");
  }

  private String text(String path) throws Exception {
    try (var reader = BundleReader.open(file())) {
      var entry = reader.find(new EntryPath(path)).orElseThrow();
      try (var in = reader.open(entry)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private BundleWriter create() throws Exception {
    FileOpener opener =
        path ->
            new RandomAccessFile(path.toFile(), "rw") {
              @Override
              public void write(byte[] bytes, int from, int count) throws IOException {
                super.write(bytes, from, count);
                largestFile.accumulateAndGet(getFilePointer(), Math::max);
              }
            };
    return BundleWriter.create(
        file(), SampleRun.ROOT, WriterOptions.limitedTo(MAX).withOpener(opener));
  }
}
