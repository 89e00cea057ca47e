package dev.diagbundle.bundle.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.SampleRun;
import dev.diagbundle.bundle.archive.Identities;
import dev.diagbundle.bundle.archive.IndexPointer;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.testing.RequiredTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bundle in every form that it may come in gives the same files.
final class BundleSourceTest {
  private static final EntryPath LOG = new EntryPath("nodes/rig-1/services/kubelet.log");
  private static final EntryPath NOISE = new EntryPath("nodes/rig-1/noise.bin");
  private static final EntryPath EMPTY = new EntryPath("nodes/rig-1/empty.log");
  private static final EntryPath LONG = new EntryPath("nodes/" + "käse".repeat(40) + "/a.txt");

  @TempDir private Path folder;
  private final byte[] noise = new byte[200_000];
  private Path bundle = Path.of("unset");

  @BeforeEach
  void writeABundle() throws IOException, DiagbundleException {
    new Random(5).nextBytes(noise);
    try (var writer =
        BundleWriter.create(
            folder.resolve("b.tar.gz"), SampleRun.ROOT, WriterOptions.unlimited())) {
      SampleRun.write(writer, LOG.value(), "line\n".repeat(1_000));
      SampleRun.write(writer, EMPTY.value(), "");
      SampleRun.write(writer, NOISE, noise);
      SampleRun.write(writer, LONG.value(), "long name\n");
      bundle = SampleRun.finish(writer);
    }
  }

  @Test
  void aBundleIsOpenedByItsIndexAndShowsItsClosingFiles() throws Exception {
    try (var opened = open(bundle.toString())) {
      assertEquals(Bundle.Form.INDEXED, opened.form());
      assertWhole(opened);
    }
  }

  @Test
  void aManifestInAFolderThatDoesNotFitIntoMemoryIsNotRead() throws Exception {
    var unpacked = Files.createDirectory(folder.resolve("unpacked"));
    Files.writeString(unpacked.resolve("a.txt"), "a");
    try (var file = new RandomAccessFile(unpacked.resolve("manifest.json").toFile(), "rw")) {
      file.setLength((256L << 20) + 1);
    }
    try (var opened = open(unpacked.toString())) {
      assertEquals("its manifest.json is too large", opened.notices().getFirst());
    }
  }

  @Test
  void aBundleOpenedForOneFileKnowsThatFileAndItsClosingFiles() throws Exception {
    var source = BundleSource.of(bundle.toString(), InputStream.nullInputStream(), Identities.NONE);
    try (var opened = source.openOnly(LOG::equals)) {
      assertEquals("line\n".repeat(1_000), text(opened, LOG));
      assertEquals(SampleRun.run(), opened.manifest().run());
      assertEquals(
          List.of(LOG, BundleLayout.MANIFEST, BundleLayout.REPORT, BundleLayout.CHECKSUMS),
          opened.files().stream().map(Entry::path).toList());
      assertEquals(List.of(), opened.manifest().items());
      assertEquals("", opened.manifestSha256());
    }
  }

  @Test
  void anArchivePackedAnewIsReadWhole() throws Exception {
    unpack();
    for (String options : List.of("--format=gnu", "--format=pax", "--format=ustar")) {
      if (options.equals("--format=ustar")) {
        // The long name does not fit this old format.
        Files.delete(folder.resolve(SampleRun.ROOT + "/" + LONG));
        Files.delete(folder.resolve(SampleRun.ROOT + "/" + LONG).resolve("..").normalize());
      }
      tar("-czf", "again.tgz", options, SampleRun.ROOT);
      try (var opened = open(folder.resolve("again.tgz").toString())) {
        assertEquals(Bundle.Form.ARCHIVE, opened.form());
        assertEquals("line\n".repeat(1_000), text(opened, LOG));
        assertEquals(SampleRun.run(), opened.manifest().run());
        assertEquals(SampleRun.items(), opened.manifest().items());
      }
    }
  }

  @Test
  void anArchiveOfTheFoldersInsideIsReadWhole() throws Exception {
    unpack();
    tar("-cf", "inside.tar", "-C", SampleRun.ROOT, ".");
    try (var opened = open(folder.resolve("inside.tar").toString())) {
      assertEquals(Bundle.Form.ARCHIVE, opened.form());
      assertWhole(opened);
    }
  }

  @Test
  void aRenamedRootFolderIsNoHindrance() throws Exception {
    unpack();
    Files.move(folder.resolve(SampleRun.ROOT), folder.resolve("ticket-4711"));
    tar("-czf", "renamed.tgz", "ticket-4711");
    try (var opened = open(folder.resolve("renamed.tgz").toString())) {
      assertWhole(opened);
    }
  }

  @Test
  void anUnpackedFolderIsRead() throws Exception {
    unpack();
    try (var opened = open(folder.resolve(SampleRun.ROOT).toString())) {
      assertEquals(Bundle.Form.FOLDER, opened.form());
      assertWhole(opened);
    }
  }

  @Test
  void splitPartsAreReadAsOneByEachOfTheirNames() throws Exception {
    RequiredTool.require("split")
        .run(
            folder,
            "-b",
            "50000",
            "-d",
            "-a",
            "3",
            "--numeric-suffixes=1",
            "b.tar.gz",
            "s.tar.gz.");
    for (String name : List.of("s.tar.gz", "s.tar.gz.001", "s.tar.gz.003")) {
      try (var opened = open(folder.resolve(name).toString())) {
        assertEquals(Bundle.Form.INDEXED, opened.form());
        assertWhole(opened);
      }
    }
    Files.delete(folder.resolve("s.tar.gz.002"));
    var e =
        assertThrows(DiagbundleException.class, () -> open(folder.resolve("s.tar.gz").toString()));
    assertTrue(e.problems().getFirst().message().endsWith("its part 2 is missing"), e.getMessage());
  }

  @Test
  void aStreamIsReadOnce() throws Exception {
    var in = new ByteArrayInputStream(Files.readAllBytes(bundle));
    try (var opened = BundleSource.of("-", in, Identities.NONE).open(_ -> true)) {
      assertEquals(Bundle.Form.ARCHIVE, opened.form());
      assertWhole(opened);
    }
  }

  @Test
  void whatAKilledRunLeavesIsReadToItsLastWholeEntry() throws Exception {
    long end;
    try (var reader = BundleReader.open(bundle)) {
      var entry = reader.find(NOISE).orElseThrow();
      end = entry.offset() + entry.compressedBytes() / 2;
    }
    var partial = folder.resolve("killed.tar.gz.partial");
    Files.write(partial, Arrays.copyOf(Files.readAllBytes(bundle), (int) end));
    try (var opened = open(partial.toString())) {
      assertEquals(List.of(LOG, EMPTY), opened.files().stream().map(Entry::path).toList());
      assertEquals("line\n".repeat(1_000), text(opened, LOG));
      assertEquals(
          List.of(
              "it is cut short; what stands before that is read: 2 files",
              "there is no manifest.json: what was asked for is not known"),
          opened.notices());
      assertEquals("rig", opened.manifest().run().cluster().name());
    }
  }

  @Test
  void anIndexThatIsDamagedCostsOnlyTime() throws Exception {
    var bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - IndexPointer.BYTES + 20] ^= 1;
    var damaged = Files.write(folder.resolve("damaged"), bytes);
    try (var opened = open(damaged.toString())) {
      assertEquals(Bundle.Form.ARCHIVE, opened.form());
      assertEquals("line\n".repeat(1_000), text(opened, LOG));
      assertTrue(opened.notices().getFirst().contains("the index at its end is wrong"));
    }
  }

  @Test
  void whatIsNoArchiveIsCalledThat() throws IOException {
    var zip = Files.write(folder.resolve("x.zip"), "PK\u0003\u0004 and so on".getBytes(UTF_8));
    var e = assertThrows(DiagbundleException.class, () -> open(zip.toString()));
    assertTrue(
        e.problems().getFirst().message().endsWith("it is neither gzip nor tar"), e.getMessage());
    assertThrows(DiagbundleException.class, () -> open(folder.resolve("absent").toString()));
  }

  private void assertWhole(Bundle opened) throws IOException {
    assertEquals(List.of(), opened.notices());
    assertEquals(7, opened.files().size());
    assertEquals("line\n".repeat(1_000), text(opened, LOG));
    assertEquals("", text(opened, EMPTY));
    assertEquals("long name\n", text(opened, LONG));
    assertEquals(SampleRun.run(), opened.manifest().run());
    assertEquals(SampleRun.items(), opened.manifest().items());
    assertEquals(4, opened.manifest().entries().size());
    assertEquals(opened.manifestSha256(), text(opened, BundleLayout.REPORT));
    var entry = opened.find(NOISE).orElseThrow();
    assertEquals("nodeLogs/rig-1/kubelet", entry.item());
    try (var in = opened.open(entry)) {
      assertTrue(Arrays.equals(noise, in.readAllBytes()));
    }
  }

  private static Bundle open(String word) throws IOException, DiagbundleException {
    return BundleSource.of(word, InputStream.nullInputStream(), Identities.NONE).open(_ -> true);
  }

  private static String text(Bundle bundle, EntryPath path) throws IOException {
    try (var in = bundle.open(bundle.find(path).orElseThrow())) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private void unpack() throws IOException, InterruptedException {
    tar("-xzf", "b.tar.gz");
  }

  private void tar(String... arguments) throws IOException, InterruptedException {
    var result = RequiredTool.require("tar").run(folder, arguments);
    assertEquals("", result.err());
  }
}
