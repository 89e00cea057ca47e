package dev.diagbundle.bundle.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.SampleRun;
import dev.diagbundle.bundle.read.BundleSource;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.testing.SmallDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bundles in several files, which are all there or none.
final class PartFilesTest {
  private static final long PART = 64 * 1024;

  @TempDir private Path folder;

  @Test
  void partsAreTheBundleInOrder() throws Exception {
    var whole = folder.resolve("whole");
    Files.write(whole, noise(200_000));
    var parts = new PartFiles(folder.resolve("b.tar.gz"), PART).write(whole, FileOpener.ofDisk());
    assertEquals(
        List.of("b.tar.gz.001", "b.tar.gz.002", "b.tar.gz.003", "b.tar.gz.004"), names(parts));
    var joined = new ByteArrayOutputStream();
    for (Path part : parts) {
      assertTrue(Files.size(part) <= PART);
      joined.write(Files.readAllBytes(part));
    }
    assertArrayEquals(Files.readAllBytes(whole), joined.toByteArray());
  }

  @Test
  void bundleInPartsIsReadByItsNameAndByThatOfAPart() throws Exception {
    var files = write(WriterOptions.unlimited().withParts(PART));
    assertEquals(
        List.of("b.tar.gz.001", "b.tar.gz.002", "b.tar.gz.003", "b.tar.gz.004"), names(files));
    for (String name : List.of("b.tar.gz", "b.tar.gz.001", "b.tar.gz.003")) {
      try (var source =
          BundleSource.of(
                  folder.resolve(name).toString(), InputStream.nullInputStream(), Identities.NONE)
              .open(_ -> true)) {
        assertEquals(3, source.manifest().entries().size());
      }
    }
  }

  @Test
  void partsOfAnOlderBundleAreReplacedThoughTheyWereMore() throws Exception {
    for (int i = 1; i <= 9; i++) {
      Files.writeString(folder.resolve("b.tar.gz.00" + i), "old");
    }
    Files.writeString(folder.resolve("b.tar.gz.part10"), "old");
    Files.writeString(folder.resolve("b.tar.gz"), "old");
    Files.writeString(folder.resolve("c.tar.gz.001"), "another");
    var files = write(WriterOptions.unlimited().withParts(PART));
    var expected = new ArrayList<>(names(files));
    expected.add("c.tar.gz.001");
    assertEquals(expected, names(left()));
  }

  @Test
  void diskFullWhileSplittingLeavesNoPart() throws Exception {
    long room = 0;
    int failures = 0;
    boolean written = false;
    while (!written) {
      room += 40_000;
      try {
        write(WriterOptions.unlimited().withParts(PART).withOpener(new SmallDisk(room)));
        written = true;
      } catch (IOException e) {
        failures++;
        assertEquals(List.of(), names(left()), "with room for " + room);
      }
    }
    assertTrue(failures > 8, "failures: " + failures);
  }

  @Test
  void partThatCannotBeNamedLeavesNoPart() throws Exception {
    var whole = folder.resolve("whole");
    Files.write(whole, noise(200_000));
    // A folder that is not empty cannot be replaced by a file.
    Files.createDirectories(folder.resolve("b.tar.gz.002/in/the/way"));
    var parts = new PartFiles(folder.resolve("b.tar.gz"), PART);
    assertThrows(StorageException.class, () -> parts.write(whole, FileOpener.ofDisk()));
    assertEquals(List.of("b.tar.gz.002", "whole"), names(left()));
  }

  @Test
  void firstPartIsNamedLast() throws Exception {
    var whole = folder.resolve("whole");
    Files.write(whole, noise(200_000));
    // As a kill between two renamings leaves it.
    var parts = new PartFiles(folder.resolve("b.tar.gz"), PART).write(whole, FileOpener.ofDisk());
    Files.move(parts.getFirst(), folder.resolve("b.tar.gz.001.partial"));
    assertEquals(List.of(), BundleParts.of(folder.resolve("b.tar.gz")));
    assertEquals(List.of(), BundleParts.of(folder.resolve("b.tar.gz.002")));
  }

  @Test
  void bytesOnDiskNeverHaveAFinalNameWhileAPartIsWritten() throws Exception {
    var seen = new ArrayList<String>();
    FileOpener watching =
        path -> {
          if (path.toString().contains(".tar.gz.0")) {
            left().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.matches(".*[0-9]"))
                .forEach(seen::add);
          }
          return new RandomAccessFile(path.toFile(), "rw");
        };
    write(WriterOptions.unlimited().withParts(PART).withOpener(watching));
    assertEquals(List.of(), seen);
  }

  private List<Path> write(WriterOptions options) throws Exception {
    var target = folder.resolve("b.tar.gz");
    try (var writer = BundleWriter.create(target, SampleRun.ROOT, options)) {
      for (int i = 0; i < 3; i++) {
        SampleRun.write(writer, new dev.diagbundle.model.EntryPath("f" + i), noise(70_000));
      }
      writer.seal(SampleRun.run(), SampleRun.items());
      return writer.finish();
    }
  }

  private List<Path> left() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }

  private static byte[] noise(int length) {
    var noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }
}
