package dev.diagbundle.bundle.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TarHeaderTest {
  private static final Instant MODIFIED = Instant.parse("2026-03-01T11:59:58Z");

  @Test
  void aShortNameNeedsOneBlock() throws IOException {
    var header = TarHeader.ofFile("root/a b.txt", 5, MODIFIED);
    assertEquals(512, header.length);
    var entry = read(header);
    assertEquals("root/a b.txt", entry.getName());
    assertEquals(5, entry.getSize());
    assertEquals(0644, entry.getMode());
    assertEquals(MODIFIED, entry.getLastModifiedTime().toInstant());
  }

  @ParameterizedTest
  @ValueSource(ints = {80, 93, 94, 95, 97, 984, 985, 986, 987, 988, 989, 990, 2_900})
  void aNameOfAnyLengthIsReadBack(int length) throws IOException {
    var name = "root/" + "n".repeat(length);
    assertEquals(name, read(TarHeader.ofFile(name, 0, MODIFIED)).getName());
  }

  @Test
  void aNameOutsideOfAsciiIsReadBack() throws IOException {
    assertEquals("root/käse 🧀/", read(TarHeader.ofFolder("root/käse 🧀/", MODIFIED)).getName());
  }

  @Test
  void aFolderIsAFolder() throws IOException {
    var entry = read(TarHeader.ofFolder("root/" + "n".repeat(200) + "/", MODIFIED));
    assertEquals(true, entry.isDirectory());
    assertEquals(0755, entry.getMode());
  }

  @Test
  void aSizeOverEightGibibytesIsReadBack() throws IOException {
    assertEquals(1L << 40, read(TarHeader.ofFile("root/big.log", 1L << 40, MODIFIED)).getSize());
  }

  @Test
  void noHeaderNamesTheUserOfThisMachine() {
    var header = TarHeader.ofFile("root/" + "n".repeat(200), 0, MODIFIED);
    var text = new String(header, StandardCharsets.ISO_8859_1);
    assertFalse(text.contains(System.getProperty("user.name") + "\0"), text);
  }

  @Test
  void timesThatNoHeaderHoldsAreMovedToTheNearestOne() {
    assertEquals(MODIFIED, TarHeader.storable(MODIFIED.plusMillis(999)));
    assertEquals(Instant.EPOCH, TarHeader.storable(Instant.MIN));
    assertEquals(Instant.parse("2242-03-16T12:56:31Z"), TarHeader.storable(Instant.MAX));
  }

  @Test
  void paddingFillsTheLastBlock() {
    assertArrayEquals(
        new int[] {0, 511, 1, 0, 511},
        new int[] {
          TarHeader.padding(0),
          TarHeader.padding(1),
          TarHeader.padding(511),
          TarHeader.padding(512),
          TarHeader.padding((1L << 40) + 1)
        });
  }

  private static TarArchiveEntry read(byte[] header) throws IOException {
    try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(header), "UTF-8")) {
      return tar.getNextEntry();
    }
  }
}
