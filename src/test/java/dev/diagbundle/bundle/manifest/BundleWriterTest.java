package dev.diagbundle.bundle.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.SampleRun;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleWriterTest {
  @TempDir private Path folder;

  @Test
  void everyContentIsReadBack() throws Exception {
    try (var writer = create()) {
      SampleRun.write(writer, "a/b/one.txt", "one\ntwo\n");
      SampleRun.write(writer, "a/empty.txt", "");
      SampleRun.finish(writer);
    }
    try (var reader = BundleReader.open(target())) {
      assertEquals("one\ntwo\n", content(reader, "a/b/one.txt"));
      assertEquals("", content(reader, "a/empty.txt"));
    }
  }

  @Test
  void theManifestSaysWhatWasWritten() throws Exception {
    var entries = new ArrayList<Entry>();
    try (var writer = create()) {
      entries.add(SampleRun.write(writer, "a/b/one.txt", "one\ntwo\nthree"));
      entries.add(SampleRun.write(writer, "a/b/two.txt", "2\n"));
      SampleRun.finish(writer);
    }
    var one = entries.getFirst();
    assertEquals(
        new Entry(
            EntryPath.of("a", "b", "one.txt"),
            13,
            HexFormat.of()
                .formatHex(Checksums.newDigest().digest("one\ntwo\nthree".getBytes(UTF_8))),
            one.offset(),
            one.compressedBytes(),
            2,
            SampleRun.MODIFIED,
            "nodeLogs/rig-1/kubelet"),
        one);
    try (var reader = BundleReader.open(target())) {
      assertEquals(new Manifest(SampleRun.run(), SampleRun.items(), entries), reader.manifest());
    }
  }

  @Test
  void theReportMayReadTheSealedBundle() throws Exception {
    try (var writer = create()) {
      SampleRun.write(writer, "a.txt", "for the report");
      var contents = writer.seal(SampleRun.run(), SampleRun.items());
      writer.addReport(out -> {
        try (var in = contents.open(contents.manifest().entries().getFirst())) {
          in.transferTo(out);
        }
      });
      var sealed = contents.manifestSha256();
      writer.finish();
      try (var reader = BundleReader.open(target())) {
        assertEquals(sealed, reader.manifestSha256());
      }
    }
  }

  @Test
  void whatIsNotCommittedIsNotThere() throws Exception {
    try (var writer = create()) {
      try (var entry = writer.open(EntryPath.of("a"), "", SampleRun.MODIFIED)) {
        entry.write(new byte[200_000]);
      }
      SampleRun.write(writer, "a/b", "a is free again, even as a folder");
      SampleRun.finish(writer);
    }
    try (var reader = BundleReader.open(target())) {
      assertEquals(
          List.of("a/b"),
          reader.manifest().entries().stream().map(entry -> entry.path().value()).toList());
    }
  }

  @Test
  void aNameIsTakenOnce() throws Exception {
    try (var writer = create()) {
      SampleRun.write(writer, "a/b", "");
      assertRefused(writer, "a/b", "'a/b' is already in the bundle");
      assertRefused(writer, "a/b/c", "'a/b' is already a file");
      assertRefused(writer, "a", "'a' is already a folder");
      assertRefused(writer, "manifest.json", "'manifest.json' is already in the bundle");
      try (var open = writer.open(EntryPath.of("c"), "", SampleRun.MODIFIED)) {
        assertRefused(writer, "c", "'c' is already in the bundle");
        assertEquals(0, open.bytes());
      }
    }
  }

  @Test
  void nothingIsCommittedAfterTheSeal() throws Exception {
    try (var writer = create();
        var late = writer.open(EntryPath.of("late"), "", SampleRun.MODIFIED)) {
      writer.seal(SampleRun.run(), List.of());
      assertRefused(writer, "later", "the bundle is SEALED, not OPEN");
      assertThrows(IllegalStateException.class, late::commit);
      writer.finish();
    }
    try (var reader = BundleReader.open(target())) {
      assertEquals(List.of(), reader.manifest().entries());
    }
  }

  @Test
  void onlyTheOwnerMayReadIt() throws Exception {
    try (var writer = create();
        var large = writer.open(EntryPath.of("large"), "", SampleRun.MODIFIED)) {
      large.write(noise(500_000));
      try (var left = Files.list(folder)) {
        var modes = new ArrayList<String>();
        for (Path path : left.sorted().toList()) {
          modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
        assertEquals(List.of("rwx------", "rw-------"), modes);
      }
      large.commit();
      SampleRun.finish(writer);
    }
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target())));
  }

  @Test
  void anOlderFileAndAKilledRunsRestAreReplaced() throws Exception {
    Files.writeString(target(), "older");
    Files.writeString(folder.resolve("b.tar.gz.partial"), "rest");
    try (var writer = create()) {
      assertEquals("older", Files.readString(target()));
      SampleRun.finish(writer);
    }
    BundleReader.open(target()).close();
    assertEquals(List.of("b.tar.gz"), names());
  }

  @Test
  void closingWithoutFinishLeavesNothing() throws Exception {
    try (var writer = create()) {
      SampleRun.write(writer, EntryPath.of("noise"), noise(500_000));
      writer.seal(SampleRun.run(), List.of());
    }
    assertEquals(List.of(), names());
  }

  @Test
  void aMissingFolderIsNamed() {
    var target = folder.resolve("no/such.tar.gz");
    assertEquals(
        Problem.usage(
            "cannot write '%s': the folder '%s' does not exist"
                .formatted(target, folder.resolve("no"))),
        refusal(target));
    assertEquals(Problem.usage("cannot write '" + folder + "': it is a folder"), refusal(folder));
  }

  @Test
  void aNameThatIsTooLongIsNamed() throws IOException {
    var target = folder.resolve("n".repeat(250));
    assertEquals(
        Problem.failure("cannot write '" + target + "': File name too long"), refusal(target));
    assertEquals(List.of(), names());
  }

  @Test
  void manyThreadsWriteOneBundle() throws Exception {
    try (var writer = create();
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var workers = new ArrayList<Future<?>>();
      for (int i = 0; i < 20; i++) {
        int worker = i;
        workers.add(
            executor.submit(() -> {
              for (int j = 0; j < 200; j++) {
                var path = EntryPath.of("nodes", "n" + j % 7, worker + "-" + j + ".log");
                SampleRun.write(writer, path, noise(worker * 200 + j, j % 50 == 0 ? 90_000 : 700));
              }
              return worker;
            }));
      }
      for (var worker : workers) {
        worker.get();
      }
      SampleRun.finish(writer);
    }
    try (var reader = BundleReader.open(target())) {
      assertEquals(4_000, reader.manifest().entries().size());
      long end = 0;
      for (Entry entry : reader.manifest().entries()) {
        assertTrue(entry.offset() > end);
        end = entry.offset() + entry.compressedBytes();
        try (var in = reader.open(entry)) {
          var digest = Checksums.newDigest().digest(in.readAllBytes());
          assertEquals(entry.sha256(), HexFormat.of().formatHex(digest));
        }
      }
    }
  }

  private BundleWriter create() throws DiagbundleException {
    return BundleWriter.create(target(), SampleRun.ROOT, WriterOptions.unlimited());
  }

  private Path target() {
    return folder.resolve("b.tar.gz");
  }

  private List<String> names() throws IOException {
    try (var left = Files.list(folder)) {
      return left.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static Problem refusal(Path target) {
    var e =
        assertThrows(
            DiagbundleException.class,
            () -> BundleWriter.create(target, SampleRun.ROOT, WriterOptions.unlimited()));
    return e.problems().getFirst();
  }

  private static void assertRefused(BundleWriter writer, String path, String message) {
    var e =
        assertThrows(
            IllegalStateException.class,
            () -> writer.open(new EntryPath(path), "", SampleRun.MODIFIED));
    assertEquals(message, e.getMessage());
  }

  private static byte[] noise(int length) {
    return noise(1, length);
  }

  private static byte[] noise(int seed, int length) {
    var noise = new byte[length];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  private static String content(BundleContents bundle, String path) throws IOException {
    try (var in = bundle.open(bundle.find(new EntryPath(path)).orElseThrow())) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
