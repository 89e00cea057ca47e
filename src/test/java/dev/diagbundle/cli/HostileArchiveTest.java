package dev.diagbundle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.testing.RequiredTool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives that nobody should have made. Every reading command ends, with a message and without a
/// trace, and writes nothing but what it was told to.
@Timeout(300)
final class HostileArchiveTest {
  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void aCorruptedBundleEndsEveryCommandWithAMessage(long seed) throws IOException {
    var whole = bundle();
    var random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      assertAllEnd(corrupted(whole, random), "seed " + seed + ", round " + i, i % 4 == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {144, 233, 377})
  void aCorruptedTarThatWasPackedAnewEndsEveryCommandWithAMessage(long seed) throws IOException {
    byte[] whole;
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bundle()))) {
      whole = in.readAllBytes();
    }
    var random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      assertAllEnd(corrupted(whole, random), "seed " + seed + ", round " + i, i % 4 == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {610, 987})
  void corruptedPartsOfASplitBundleEndEveryCommandWithAMessage(long seed) throws IOException {
    var whole = bundle();
    var random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      var bytes = corrupted(whole, random);
      int cut = random.nextInt(bytes.length + 1);
      var first = Files.write(folder.resolve("x.tar.gz.001"), Arrays.copyOf(bytes, cut));
      var second =
          Files.write(
              folder.resolve("x.tar.gz.002"), Arrays.copyOfRange(bytes, cut, bytes.length));
      assertAllEnd(first, Set.of(first, second), "seed " + seed + ", round " + i, i % 4 == 0);
    }
  }

  @Test
  void aCorruptedEncryptedBundleEndsEveryCommandWithAMessage() throws Exception {
    var key = folder.resolve("key.txt");
    RequiredTool.require("age-keygen").run(folder, "-o", key.toString());
    var recipient =
        Files.readString(key).lines().filter(line -> line.contains("age1")).findFirst();
    var file = folder.resolve("whole.age");
    Run.of(
        "collect",
        "-p",
        "minimal",
        "--demo",
        "-q",
        "--encrypt-to",
        recipient.orElseThrow().replaceFirst(".*(age1)", "$1"),
        "-o",
        file.toString());
    var whole = Files.readAllBytes(file);
    Files.delete(file);
    var random = new Random(1597);
    for (int i = 0; i < 8; i++) {
      var target = Files.write(folder.resolve("x.age"), corrupted(whole, random));
      assertAllEnd(
          target,
          Set.of(target, key),
          "round " + i,
          i % 4 == 0,
          "--identity",
          key.toString());
    }
  }

  @Test
  void namesThatLeadOutsideAreLeftOutAndSaid() throws IOException {
    var names = List.of("../escape", "/tmp/escape", "r/../../escape", "r/a\u001b[31m", "r/ok.log");
    var file =
        tgz(tar -> {
          for (String name : names) {
            file(tar, name, "x\n");
          }
        });
    var run = Run.of("ls", file.toString());
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.out().endsWith("  ok.log\n"), run.out());
    assertTrue(run.err().contains("'../escape' and 3 more have unsafe names"), run.err());
    assertEquals(ExitCode.CHECK_FAILED, Run.of("verify", file.toString()).code());
    assertOnly(file);
    var merged = folder.resolve("merged.tar.gz");
    assertEquals(ExitCode.OK, Run.of("merge", file.toString(), "-o", merged.toString()).code());
    assertEquals("x\n", Run.of("cat", merged.toString(), "ok.log").out());
    assertFalse(Files.exists(folder.resolveSibling("escape")));
    assertFalse(Files.exists(Path.of("/tmp/escape")));
  }

  @Test
  void linksAndDevicesAreLeftOutAndSaid() throws IOException {
    var file =
        tgz(tar -> {
          var link = new TarArchiveEntry("r/link", TarConstants.LF_SYMLINK);
          link.setLinkName("/etc/passwd");
          tar.putArchiveEntry(link);
          tar.closeArchiveEntry();
          tar.putArchiveEntry(new TarArchiveEntry("r/device", TarConstants.LF_CHR));
          tar.closeArchiveEntry();
          file(tar, "r/ok.log", "x\n");
        });
    var run = Run.of("cat", file.toString(), "link");
    assertEquals(ExitCode.FAILED, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("'r/link' is a link and is left out"), run.err());
    assertTrue(run.err().contains("'r/device' is no plain file"), run.err());
  }

  @Test
  void linksInAFolderAreNotFollowed() throws IOException {
    var secret = Files.writeString(folder.resolve("secret"), "secret\n");
    var root = folder.resolve("b");
    Files.createDirectories(root.resolve("nodes"));
    Files.writeString(root.resolve("nodes/a.log"), "x\n");
    Files.createSymbolicLink(root.resolve("nodes/link.log"), secret);
    Files.createSymbolicLink(root.resolve("up"), folder);
    var run = Run.of("cat", root.toString(), "**");
    assertFalse(run.out().contains("secret"), run.out());
    assertTrue(run.err().contains("more are links and are left out"), run.err());
  }

  @Test
  void aBombIsRefusedInBoundedMemory() throws IOException {
    var file = folder.resolve("bomb.tgz");
    try (var tar = tar(file)) {
      var entry = new TarArchiveEntry("r/zeros");
      entry.setSize(5L << 28);
      tar.putArchiveEntry(entry);
      var zeros = new byte[1 << 20];
      for (int i = 0; i < 5 << 8; i++) {
        tar.write(zeros);
      }
      tar.closeArchiveEntry();
    }
    var run = Run.of("ls", file.toString());
    assertEquals(ExitCode.FAILED, run.code());
    assertTrue(run.err().contains("as only a bomb does"), run.err());
  }

  @Test
  void aHundredThousandEntriesAreListed() throws IOException {
    var file =
        tgz(tar -> {
          for (int i = 0; i < 100_000; i++) {
            file(tar, "r/nodes/n/" + i, "");
          }
        });
    var run = Run.of("ls", file.toString());
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertEquals(100_000, run.out().lines().count());
    assertEquals(ExitCode.FAILED, Run.of("logs", file.toString(), "-q").code());
    var merged = folder.resolve("merged.tar.gz");
    assertEquals(ExitCode.OK, Run.of("merge", file.toString(), "-o", merged.toString()).code());
    assertEquals(ExitCode.OK, Run.of("verify", merged.toString()).code());
  }

  @Test
  void aHugeHeaderIsRefused() throws IOException {
    var file =
        tgz(tar -> {
          var name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
          name.setSize(8 << 20);
          tar.putArchiveEntry(name);
          tar.write(new byte[8 << 20]);
          tar.closeArchiveEntry();
          file(tar, "r/ok.log", "x\n");
        });
    var run = Run.of("ls", file.toString());
    assertEquals(ExitCode.FAILED, run.code());
    assertTrue(run.err().contains("a tar header of 8388608 bytes is too long"), run.err());
  }

  @Test
  void ofANameThatIsThereTwiceTheLastCountsAndVerifyObjects() throws IOException {
    var file =
        tgz(tar -> {
          file(tar, "r/a.log", "first\n");
          file(tar, "r/a.log", "second\n");
        });
    var run = Run.of("cat", file.toString(), "a.log");
    assertEquals("second\n", run.out());
    assertTrue(run.err().contains("'r/a.log' is there twice; the last counts"), run.err());
    assertEquals(ExitCode.CHECK_FAILED, Run.of("verify", file.toString()).code());
  }

  private void assertAllEnd(byte[] bytes, String which, boolean rewriting) throws IOException {
    var file = Files.write(folder.resolve("x.tar.gz"), bytes);
    assertAllEnd(file, Set.of(file), which, rewriting);
  }

  /// @param rewriting whether the slow commands that write another bundle take part
  private void assertAllEnd(
      Path file, Set<Path> kept, String which, boolean rewriting, String... more)
      throws IOException {
    var name = file.toString();
    var page = folder.resolve("page.html");
    var merged = folder.resolve("merged.tar.gz");
    var redacted = folder.resolve("redacted.tar.gz");
    var commands =
        new ArrayList<>(
            List.of(
                List.of("ls", name),
                List.of("ls", name, "--output", "json"),
                List.of("cat", name, "**"),
                List.of("grep", "e", name),
                List.of("grep", "e", name, "--since", "10m"),
                List.of("logs", name),
                List.of("verify", name),
                List.of("report", name, "-o", page.toString())));
    if (rewriting) {
      commands.add(List.of("merge", name, name, "-o", merged.toString()));
      commands.add(List.of("redact", name, "-o", redacted.toString()));
    }
    for (var words : commands) {
      var call = new ArrayList<>(words);
      call.addAll(List.of(more));
      var run = Run.of(call.toArray(String[]::new));
      var what = which + ", " + words.getFirst() + ": " + run.err();
      assertTrue(List.of(0, 1, 3, 4).contains(run.code()), what);
      assertFalse(run.err().contains("a fault of diagbundle"), what);
      assertFalse(run.err().contains("Exception"), what);
      assertFalse(run.err().contains("\tat "), what);
      assertTrue(run.code() == 0 || words.getFirst().equals("grep") || !run.err().isEmpty(), what);
    }
    if (Files.exists(merged)) {
      var verified = Run.of("verify", merged.toString());
      assertEquals(ExitCode.OK, verified.code(), which + ": " + verified.err());
    }
    for (Path written : List.of(page, merged, redacted)) {
      Files.deleteIfExists(written);
    }
    try (var files = Files.list(folder)) {
      assertEquals(kept, files.collect(Collectors.toSet()));
    }
  }

  private static byte[] corrupted(byte[] whole, Random random) {
    var bytes = whole.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> {
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> {
        int from = random.nextInt(bytes.length);
        var noise = new byte[Math.min(bytes.length - from, 1 + random.nextInt(2_000))];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, bytes, from, noise.length);
      }
      case 3 -> {
        // A piece is missing in the middle.
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(5_000));
        var rest = Arrays.copyOfRange(bytes, to, bytes.length);
        bytes = Arrays.copyOf(bytes, from + rest.length);
        System.arraycopy(rest, 0, bytes, from, rest.length);
      }
      default -> {
        // The index points elsewhere.
        for (int i = 0; i < 3; i++) {
          bytes[bytes.length - 34 + random.nextInt(24)] = (byte) random.nextInt();
        }
      }
    }
    return bytes;
  }

  private byte[] bundle() throws IOException {
    var file = folder.resolve("whole.tar.gz");
    Run.of("collect", "-p", "minimal", "--demo", "-q", "-o", file.toString());
    var bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }

  private void assertOnly(Path file) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  private interface Filling {
    void fill(TarArchiveOutputStream tar) throws IOException;
  }

  private Path tgz(Filling filling) throws IOException {
    var file = folder.resolve("hostile.tgz");
    try (var tar = tar(file)) {
      filling.fill(tar);
    }
    return file;
  }

  private static TarArchiveOutputStream tar(Path file) throws IOException {
    OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 64 * 1024);
    return new TarArchiveOutputStream(out, "UTF-8");
  }

  private static void file(TarArchiveOutputStream tar, String name, String content)
      throws IOException {
    var entry = new TarArchiveEntry("x", true);
    entry.setName(name);
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(content.getBytes(UTF_8));
    entry.setSize(bytes.size());
    tar.putArchiveEntry(entry);
    bytes.writeTo(tar);
    tar.closeArchiveEntry();
  }
}
