package dev.diagbundle.bundle.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.SampleRun;
import dev.diagbundle.bundle.archive.GzipMember;
import dev.diagbundle.bundle.archive.IndexPointer;
import dev.diagbundle.bundle.archive.TarHeader;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.manifest.ManifestJson;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BundleReaderTest {
  private static final EntryPath LOG = EntryPath.of("a.log");

  @TempDir private Path folder;
  private Path bundle = Path.of("unset");

  @BeforeEach
  void writeABundle() throws IOException, DiagbundleException {
    bundle = folder.resolve("b.tar.gz");
    try (var writer = BundleWriter.create(bundle, SampleRun.ROOT, WriterOptions.unlimited())) {
      SampleRun.write(writer, LOG, "line\n".repeat(1_000).getBytes(UTF_8));
      SampleRun.write(writer, "b.log", "b");
      SampleRun.finish(writer);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    var missing = folder.resolve("no.tar.gz");
    assertEquals(
        Problem.usage("cannot read '" + missing + "': it does not exist"), refusal(missing));
    assertEquals(Problem.usage("cannot read '" + folder + "': it is not a file"), refusal(folder));
  }

  @Test
  void aBundleThatIsCutShortIsRefusedAtAnyLength() throws IOException {
    var bytes = Files.readAllBytes(bundle);
    for (int length = 0; length < bytes.length; length += 41) {
      var cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
      assertTrue(refusal(cut).message().endsWith("there is no index at its end"));
    }
  }

  @Test
  void aBundleDamagedAnywhereIsNeverReadWrong() throws Exception {
    var whole = Files.readAllBytes(bundle);
    try (var reader = BundleReader.open(bundle)) {
      var entry = reader.find(LOG).orElseThrow();
      for (int i = 0; i < entry.compressedBytes(); i++) {
        var bytes = whole.clone();
        bytes[(int) entry.offset() + i] ^= 0x10;
        var damaged = Files.write(folder.resolve("damaged"), bytes);
        assertDamagedOrSame(damaged, i);
      }
    }
  }

  @Test
  void aManifestDamagedAnywhereIsNeverReadWrong() throws Exception {
    var bytes = Files.readAllBytes(bundle);
    var trailer =
        IndexPointer.decode(
                Arrays.copyOfRange(bytes, bytes.length - IndexPointer.BYTES, bytes.length))
            .orElseThrow();
    int refused = 0;
    for (int i = 10; i < trailer.compressedBytes(); i++) {
      var copy = bytes.clone();
      copy[(int) trailer.offset() + i] ^= 0x40;
      try (var reader = BundleReader.open(Files.write(folder.resolve("damaged"), copy))) {
        // The last bits of a deflate stream may be without meaning.
        assertEquals(SampleRun.run(), reader.manifest().run());
      } catch (DiagbundleException _) {
        refused++;
      }
    }
    assertTrue(refused >= trailer.compressedBytes() - 11);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,40,40",
    "0,9223372036854775807,40",
    "9223372036854775807,40,40",
    "0,40,-1",
    "0,40,9223372036854775807",
    "0,19,0"
  })
  void anIndexThatPointsOutsideIsRefused(long offset, long compressedBytes, long bytes)
      throws IOException {
    var whole = Files.readAllBytes(bundle);
    var tail = new IndexPointer(offset, compressedBytes, bytes).encode();
    System.arraycopy(tail, 0, whole, whole.length - tail.length, tail.length);
    var hostile = Files.write(folder.resolve("hostile"), whole);
    assertTrue(refusal(hostile).message().endsWith("the index at its end is wrong"));
  }

  @ParameterizedTest
  @CsvSource({
    "-1,40,10,1", "0,9223372036854775807,10,1", "9223372036854775000,1000,10,1", "0,40,-1,0",
    "0,40,9223372036854775807,1", "0,40,10,11", "0,40,10,-1", "0,19,0,0"
  })
  void entriesThatCannotBeAreRefused(long offset, long compressedBytes, long bytes, long lines)
      throws IOException {
    var hostile = withManifest(List.of(entry(LOG, offset, compressedBytes, bytes, lines)));
    assertTrue(refusal(hostile).message().endsWith("the numbers of 'a.log' cannot be"));
  }

  @Test
  void twoEntriesOfOnePathAreRefused() throws IOException {
    var entry = entry(LOG, 0, 40, 10, 1);
    assertTrue(
        refusal(withManifest(List.of(entry, entry))).message().endsWith("'a.log' is there twice"));
  }

  @Test
  void aMemberThatInflatesToMoreThanItsEntrySaysIsRefused() throws Exception {
    var bomb = GzipMember.of(new byte[10_000_000]);
    var hostile = withManifest(bomb, List.of(entry(LOG, 0, bomb.length, 1_000, 0)));
    try (var reader = BundleReader.open(hostile);
        var in = reader.open(reader.find(LOG).orElseThrow())) {
      assertEquals(999, in.readNBytes(999).length);
      var e = assertThrows(IOException.class, in::read);
      assertEquals("'a.log' is damaged: it is not 1000 bytes long", e.getMessage());
    }
  }

  @Test
  void anInterruptedReaderDoesNotCloseTheBundleForOthers() throws Exception {
    try (var reader = BundleReader.open(bundle)) {
      var entry = reader.find(LOG).orElseThrow();
      Thread.currentThread().interrupt();
      try (var in = reader.open(entry)) {
        assertEquals(5_000, in.readAllBytes().length);
      }
      assertTrue(Thread.interrupted());
      try (var in = reader.open(entry)) {
        assertEquals(5_000, in.readAllBytes().length);
      }
    }
  }

  @Test
  void anEntryOfAnotherBundleIsAProgrammersError() throws Exception {
    try (var reader = BundleReader.open(bundle)) {
      assertThrows(IllegalArgumentException.class, () -> reader.open(entry(LOG, 0, 40, 10, 1)));
    }
  }

  private static void assertDamagedOrSame(Path damaged, int at) throws Exception {
    try (var reader = BundleReader.open(damaged);
        var in = reader.open(reader.find(LOG).orElseThrow())) {
      // Some bytes of a gzip header say nothing about the content.
      assertEquals("line\n".repeat(1_000), new String(in.readAllBytes(), UTF_8));
      assertTrue(at >= 4 && at < 10, "byte " + at);
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).startsWith("'a.log' is damaged: "), e.toString());
    }
  }

  private static Problem refusal(Path path) {
    return assertThrows(DiagbundleException.class, () -> BundleReader.open(path))
        .problems()
        .getFirst();
  }

  private Path withManifest(List<Entry> entries) throws IOException {
    return withManifest(new byte[4_096], entries);
  }

  private Path withManifest(byte[] before, List<Entry> entries) throws IOException {
    var json = new ByteArrayOutputStream();
    ManifestJson.write(new Manifest(SampleRun.run(), List.of(), entries), json);
    int bytes = json.size();
    json.writeBytes(new byte[TarHeader.padding(bytes)]);
    var member = GzipMember.of(json.toByteArray());
    var file = new ByteArrayOutputStream();
    file.writeBytes(before);
    file.writeBytes(member);
    file.writeBytes(new IndexPointer(before.length, member.length, bytes).encode());
    return Files.write(folder.resolve("hostile"), file.toByteArray());
  }

  private static Entry entry(
      EntryPath path, long offset, long compressedBytes, long bytes, long lines) {
    return new Entry(
        path, bytes, "0".repeat(64), offset, compressedBytes, lines, SampleRun.MODIFIED, "");
  }
}
