package dev.diagbundle.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cli.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives that nobody should have made. Every reading command ends, with a message and without a
/// trace, and writes nothing but what it was told to.
@Tag("fault")
final class HostileArchiveTest {
  @TempDir private Path folder = Path.of("");

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
