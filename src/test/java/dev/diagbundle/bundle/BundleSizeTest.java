package dev.diagbundle.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.OverBudgetException;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The limit of a bundle's size holds, whatever is written.
final class BundleSizeTest {
  private static final long MAX = 1 << 20;

  @TempDir private Path folder;
  private final Random random = new Random(11);

  @Test
  void manySmallEntriesStayUnderTheLimit() throws Exception {
    int dropped = 0;
    try (var writer = create()) {
      for (int i = 0; i < 5_000; i++) {
        // Names and contents that do not compress are the worst case of the closing files.
        var path = EntryPath.of("nodes").child(Long.toHexString(random.nextLong()));
        dropped += write(writer, path, random.nextInt(600));
      }
      SampleRun.finish(writer);
    }
    long size = Files.size(folder.resolve("b.tar.gz"));
    assertTrue(size <= MAX, "size is " + size);
    assertTrue(size > MAX / 2, "size is " + size);
    assertTrue(dropped > 0);
  }

  @Test
  void anEntryThatIsTooLargeIsDroppedAndTheRestGoesOn() throws Exception {
    try (var writer = create()) {
      assertEquals(0, write(writer, EntryPath.of("a"), 400_000));
      assertEquals(1, write(writer, EntryPath.of("b"), 600_000));
      assertEquals(0, write(writer, EntryPath.of("c"), 100_000));
      SampleRun.finish(writer);
    }
    try (var reader = BundleReader.open(folder.resolve("b.tar.gz"))) {
      assertEquals(
          List.of("a", "c"),
          reader.manifest().entries().stream().map(entry -> entry.path().value()).toList());
    }
  }

  @Test
  void anEntryThatIsTooLargeStopsBeforeItIsAllSpooled() throws Exception {
    try (var writer = create();
        var entry = writer.open(EntryPath.of("endless"), "item", SampleRun.MODIFIED)) {
      var block = new byte[64 * 1024];
      var e =
          assertThrows(
              OverBudgetException.class,
              () -> {
                while (true) {
                  random.nextBytes(block);
                  entry.write(block);
                }
              });
      assertEquals(
          "'endless' does not fit into the bundle's limit of 1048576 bytes", e.getMessage());
      assertTrue(entry.bytes() < 2 * MAX);
    }
  }

  @Test
  void filesOfTheRunStillFitWhenTheItemsHaveTakenAllTheyMay() throws Exception {
    try (var writer = create()) {
      while (write(writer, EntryPath.of("item-" + random.nextInt()), 40_000) == 0) {}
      try (var entry = writer.open(EntryPath.of("requests.jsonl"), "", SampleRun.MODIFIED)) {
        entry.write(noise(50_000));
        entry.commit();
      }
      SampleRun.finish(writer);
    }
    assertTrue(Files.size(folder.resolve("b.tar.gz")) <= MAX);
  }

  @Test
  void aReportThatDoesNotFitIsLeftOut() throws Exception {
    try (var writer = create()) {
      while (write(writer, EntryPath.of("item-" + random.nextInt()), 40_000) == 0) {}
      writer.seal(SampleRun.run(), SampleRun.items());
      assertThrows(
          OverBudgetException.class, () -> writer.addReport(out -> out.write(noise(400_000))));
      writer.finish();
    }
    BundleReader.open(folder.resolve("b.tar.gz")).close();
  }

  @Test
  void itemsThatDoNotFitCanBeSealedShorter() throws Exception {
    try (var writer = create()) {
      var detail = new StringBuilder();
      random.ints(3_000_000, ' ', '~').forEach(c -> detail.append((char) c));
      var item =
          new Item(
              "i",
              ItemKind.RUN,
              "",
              "n",
              new Outcome.Cancelled(detail.toString()),
              0,
              Duration.ZERO);
      assertThrows(
          OverBudgetException.class,
          () -> writer.seal(SampleRun.run(), Collections.nCopies(1, item)));
      writer.seal(SampleRun.run(), List.of());
      writer.finish();
    }
    BundleReader.open(folder.resolve("b.tar.gz")).close();
  }

  /// 1 if the entry was dropped, 0 if not.
  private int write(BundleWriter writer, EntryPath path, int length) throws IOException {
    try {
      SampleRun.write(writer, path, noise(length));
      return 0;
    } catch (OverBudgetException _) {
      return 1;
    }
  }

  private byte[] noise(int length) {
    var noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private BundleWriter create() throws Exception {
    return BundleWriter.create(
        folder.resolve("b.tar.gz"), SampleRun.ROOT, WriterOptions.limitedTo(MAX));
  }
}
