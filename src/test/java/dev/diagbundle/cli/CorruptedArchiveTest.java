package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cli.terminal.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bundles that were damaged at random. Every reading command ends with a message, is never at
/// fault itself, and leaves nothing behind but what it was told to write, which is then sound.
///
/// A seed that once found a fault is kept in [#KEPT].
@Tag("fault")
final class CorruptedArchiveTest {
  private static final int SEEDS = Integer.getInteger("corrupted.seeds", 50);
  private static final List<Integer> KEPT = List.of();
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");
  private static final int TAR_BLOCK = 512;

  @TempDir private static Path shared = Path.of("");
  private static byte[] plain = {};
  private static byte[] encrypted = {};
  private static Path key = Path.of("");

  @TempDir private Path folder = Path.of("");

  /// What a user may have before him.
  enum Form {
    /// As it was written, with an index.
    PLAIN,
    /// Packed anew by somebody: one stream, no index. The damage is in the archive within.
    REPACKED,
    /// As it was written; the damage is in the manifest, whose file has the right checksum.
    MANIFEST,
    SPLIT,
    ENCRYPTED
  }

  @BeforeAll
  static void collect() throws Exception {
    var bundle = shared.resolve("demo.tar.gz");
    Run.of(
        "collect", "-q", "--demo", "-p", "windows-cni", "--node", "rig-1", "-o", bundle.toString());
    plain = Files.readAllBytes(bundle);
    key = EncryptedBundleTest.newKey(shared, "key.txt");
    var owner = EncryptedBundleTest.publicKey(key);
    var locked = shared.resolve("demo.tar.gz.age").toString();
    Run.of("redact", "-q", bundle.toString(), "--encrypt-to", owner, "-o", locked);
    encrypted = Files.readAllBytes(Path.of(locked));
  }

  static Stream<Integer> seeds() {
    return Stream.concat(KEPT.stream(), IntStream.range(0, SEEDS).boxed());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyCommandEndsAndSaysWhatIsWrong(int seed) throws Exception {
    var random = new Random(seed);
    var form = Form.values()[seed % Form.values().length];
    var file = write(form, random);
    var before = files();
    for (var command : commands(file)) {
      var words = new ArrayList<>(command);
      words.addAll(List.of("--identity", key.toString()));
      var run = Run.of(words.toArray(String[]::new));
      var what = form + " " + command + "\n" + run.err();
      assertTrue(
          run.code() >= ExitCode.OK && run.code() <= ExitCode.CHECK_FAILED,
          run.code() + " " + what);
      assertFalse(run.err().contains("internal error"), what);
      assertFalse(run.err().contains("out of memory"), what);
      assertFalse(UNSAFE.matcher(run.err()).find(), what);
      assertTrue(run.code() == ExitCode.OK || !run.err().isBlank(), what);
      assertTargetIsSound(run, what);
      assertEquals(before, files(), what);
    }
  }

  private List<List<String>> commands(String file) {
    var target = folder.resolve("target").toString();
    return List.of(
        List.of("ls", file),
        List.of("ls", file, "--format", "json"),
        List.of("cat", file, "**"),
        List.of("grep", ".", file),
        List.of("logs", file),
        List.of("verify", file),
        List.of("analyze", file),
        List.of("report", file, "-o", target + ".html"),
        List.of("redact", file, "-o", target + ".tar.gz"),
        List.of("merge", file, "-o", target + ".tar.gz"));
  }

  /// A bundle made of a damaged one is not damaged; a failed command makes none.
  private void assertTargetIsSound(Run run, String what) throws IOException {
    var bundle = folder.resolve("target.tar.gz");
    if (Files.deleteIfExists(folder.resolve("target.html"))) {
      assertEquals(ExitCode.OK, run.code(), what);
    }
    if (Files.exists(bundle)) {
      assertTrue(Set.of(ExitCode.OK, ExitCode.INCOMPLETE).contains(run.code()), what);
      var verified = Run.of("verify", bundle.toString());
      assertEquals(ExitCode.OK, verified.code(), what + verified.err());
      Files.delete(bundle);
    }
  }

  private String write(Form form, Random random) throws IOException {
    var file = folder.resolve("bundle.tar.gz");
    switch (form) {
      case PLAIN -> Files.write(file, damaged(plain, random));
      case ENCRYPTED -> Files.write(file, damaged(encrypted, random));
      case REPACKED -> Files.write(file, packed(damaged(tar(), random)));
      case MANIFEST -> Files.write(file, packed(withDamagedManifest(random)));
      case SPLIT -> {
        int at = random.nextInt(plain.length);
        var name = file + ".00";
        Files.write(Path.of(name + 1), damaged(Arrays.copyOf(plain, at), random));
        if (random.nextInt(4) > 0) {
          Files.write(Path.of(name + 2), Arrays.copyOfRange(plain, at, plain.length));
        }
      }
    }
    return file.toString();
  }

  private static byte[] damaged(byte[] whole, Random random) {
    int from = random.nextInt(whole.length + 1);
    int to = Math.min(whole.length, from + 1 + random.nextInt(4 * TAR_BLOCK));
    var damaged = whole.clone();
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(whole, from);
      case 1 -> {
        for (int i = 0; i <= random.nextInt(20); i++) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        yield damaged;
      }
      case 2 -> {
        for (int i = from; i < to; i++) {
          damaged[i] = (byte) random.nextInt();
        }
        yield damaged;
      }
      case 3 -> {
        Arrays.fill(damaged, from, to, (byte) 0);
        yield damaged;
      }
      case 4 -> joined(Arrays.copyOf(whole, from), Arrays.copyOfRange(whole, to, whole.length));
      default -> joined(Arrays.copyOf(whole, to), Arrays.copyOfRange(whole, from, whole.length));
    };
  }

  /// The manifest with other digits, brackets and letters here and there, and of the same length.
  private static byte[] withDamagedManifest(Random random) throws IOException {
    var tar = tar();
    var text = new String(tar, StandardCharsets.ISO_8859_1);
    int header = text.indexOf("/manifest.json\0");
    int start = header - header % TAR_BLOCK + TAR_BLOCK;
    int end = text.indexOf('\0', start);
    assertTrue(header > 0 && text.charAt(start) == '{', "no manifest");
    var instead = "0123456789-{}[]\",:ae./\\\u001b".toCharArray();
    for (int i = 0; i <= random.nextInt(8); i++) {
      tar[start + random.nextInt(end - start)] = (byte) instead[random.nextInt(instead.length)];
    }
    return tar;
  }

  private static byte[] tar() throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(plain))) {
      return in.readAllBytes();
    }
  }

  private static byte[] packed(byte[] tar) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(tar);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    var joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
