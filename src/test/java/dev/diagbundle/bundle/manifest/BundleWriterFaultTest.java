package dev.diagbundle.bundle.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.SampleRun;
import dev.diagbundle.bundle.archive.FileOpener;
import dev.diagbundle.bundle.archive.Recipients;
import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.testing.SmallDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fault")
final class BundleWriterFaultTest {
  @TempDir private Path folder;

  @Test
  void diskFullAtAnyByteLeavesNoBundle() throws Exception {
    long whole = writeOn(new SmallDisk(Long.MAX_VALUE));
    Files.delete(target());
    for (long room = 0; room < whole; room += 97) {
      var disk = new SmallDisk(room);
      var e = assertThrows(IOException.class, () -> writeOn(disk));
      assertTrue(String.valueOf(e.getMessage()).endsWith("No space left on device"), e.toString());
      assertEquals(List.of(), names());
    }
  }

  @Test
  void diskFullWhileEncryptingLeavesNothing() throws Exception {
    var full = new SmallDisk(50);
    var options =
        WriterOptions.unlimited()
            .withRecipients(
                Recipients.of(
                    List.of("age1pyxh3d30u28qz2he7xdcdg48s4cl8cl4jmuplcq0p2gkyulp8ylsh9nr5f")))
            .withOpener(file ->
                file.toString().endsWith(".gz.partial")
                    ? full.open(file)
                    : FileOpener.ofDisk().open(file));
    try (var writer = BundleWriter.create(target(), SampleRun.ROOT, options)) {
      SampleRun.write(writer, "a", "fits");
      var e = assertThrows(StorageException.class, () -> SampleRun.finish(writer));
      assertEquals("cannot encrypt: No space left on device", e.getMessage());
    }
    assertEquals(List.of(), names());
  }

  @Test
  void diskFullOnceCostsOneEntryAndSmallerOnesStillFit() throws Exception {
    var disk = new SmallDisk(2_000);
    try (var writer = BundleWriter.create(target(), SampleRun.ROOT, options(disk))) {
      SampleRun.write(writer, "a", "fits");
      assertThrows(
          StorageException.class, () -> SampleRun.write(writer, EntryPath.of("b"), noise(3_000)));
      SampleRun.write(writer, "c", "fits too");
      disk.setLeft(Long.MAX_VALUE);
      SampleRun.finish(writer);
    }
    try (var reader = BundleReader.open(target())) {
      assertEquals(
          List.of("a", "c"),
          reader.manifest().entries().stream().map(entry -> entry.path().value()).toList());
    }
  }

  @Test
  void diskFullWhileSpoolingCostsOneEntry() throws Exception {
    var disk = new SmallDisk(Long.MAX_VALUE);
    try (var writer = BundleWriter.create(target(), SampleRun.ROOT, options(disk));
        var large = writer.open(EntryPath.of("large"), "item", SampleRun.MODIFIED)) {
      disk.setLeft(100_000);
      var e = assertThrows(StorageException.class, () -> large.write(noise(500_000)));
      assertEquals("cannot spool 'large': No space left on device", e.getMessage());
      disk.setLeft(Long.MAX_VALUE);
      SampleRun.write(writer, "small", "goes on");
      SampleRun.finish(writer);
    }
    try (var reader = BundleReader.open(target())) {
      assertEquals(1, reader.manifest().entries().size());
    }
  }

  @Test
  void interruptBeforeCommitHarmsNothing() throws Exception {
    try (var writer = BundleWriter.create(target(), SampleRun.ROOT, WriterOptions.unlimited())) {
      Thread.currentThread().interrupt();
      SampleRun.write(writer, EntryPath.of("spooled"), noise(500_000));
      SampleRun.write(writer, "small", "small");
      SampleRun.finish(writer);
      assertTrue(Thread.interrupted());
    }
    assertWhole(2);
  }

  @Test
  void interruptDuringCommitHarmsNothing() throws Exception {
    var appending = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    FileOpener slow =
        file ->
            new RandomAccessFile(file.toFile(), "rw") {
              @Override
              public void write(byte[] bytes, int from, int count) throws IOException {
                if (file.toString().endsWith(".partial") && count > 10_000) {
                  appending.countDown();
                  awaitDespiteInterrupt(interrupted);
                }
                super.write(bytes, from, count);
              }
            };
    try (var writer = BundleWriter.create(target(), SampleRun.ROOT, options(slow))) {
      var failures = new ArrayList<Throwable>();
      var worker =
          Thread.ofVirtual()
              .unstarted(() -> {
                try {
                  SampleRun.write(writer, EntryPath.of("spooled"), noise(500_000));
                } catch (IOException e) {
                  failures.add(e);
                }
              });
      worker.start();
      appending.await();
      worker.interrupt();
      interrupted.countDown();
      worker.join();
      assertEquals(List.of(), failures);
      SampleRun.write(writer, "after", "the archive is still open");
      SampleRun.finish(writer);
    }
    assertWhole(2);
  }

  @Test
  void spoolFolderVanishesAndSmallEntriesGoOn() throws Exception {
    var spools = Files.createDirectory(folder.resolve("spools"));
    var options = WriterOptions.unlimited().withSpoolParent(spools);
    try (var writer = BundleWriter.create(target(), SampleRun.ROOT, options);
        var spooled = writer.open(EntryPath.of("spooled"), "item", SampleRun.MODIFIED)) {
      spooled.write(noise(500_000));
      try (var made = Files.list(spools)) {
        Files.delete(made.findFirst().orElseThrow());
      }
      assertThrows(
          StorageException.class,
          () -> SampleRun.write(writer, EntryPath.of("large"), noise(500_000)));
      SampleRun.write(writer, "small", "goes on");
      spooled.commit();
      SampleRun.finish(writer);
    }
    assertWhole(2);
  }

  @Test
  void targetFolderVanishesAndTheFailureIsTold() throws Exception {
    var inner = Files.createDirectory(folder.resolve("inner"));
    var options = WriterOptions.unlimited().withSpoolParent(folder);
    try (var writer = BundleWriter.create(inner.resolve("b.tar.gz"), SampleRun.ROOT, options)) {
      SampleRun.write(writer, "a", "a");
      Files.delete(inner.resolve("b.tar.gz.partial"));
      Files.delete(inner);
      assertThrows(IOException.class, () -> SampleRun.finish(writer));
    }
    assertEquals(List.of(), names());
  }

  /// The size of the bundle.
  private long writeOn(FileOpener disk) throws Exception {
    try (var writer = BundleWriter.create(target(), SampleRun.ROOT, options(disk))) {
      SampleRun.write(writer, EntryPath.of("logs", "a.log"), noise(2_000));
      SampleRun.write(writer, "logs/b.log", "b");
      return Files.size(SampleRun.finish(writer));
    }
  }

  private void assertWhole(int entries) throws Exception {
    try (var reader = BundleReader.open(target())) {
      assertEquals(entries, reader.manifest().entries().size());
      for (Entry entry : reader.manifest().entries()) {
        try (var in = reader.open(entry)) {
          var digest = Checksums.newDigest().digest(in.readAllBytes());
          assertEquals(entry.sha256(), HexFormat.of().formatHex(digest));
        }
      }
    }
  }

  private static void awaitDespiteInterrupt(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static WriterOptions options(FileOpener opener) {
    return WriterOptions.unlimited().withOpener(opener);
  }

  private static byte[] noise(int length) {
    var noise = new byte[length];
    new Random(3).nextBytes(noise);
    return noise;
  }

  private Path target() {
    return folder.resolve("b.tar.gz");
  }

  private List<String> names() throws IOException {
    try (var left = Files.list(folder)) {
      return left.map(path -> path.getFileName().toString()).toList();
    }
  }
}
