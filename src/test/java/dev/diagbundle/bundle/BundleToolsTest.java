package dev.diagbundle.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.testing.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bundle is for people who do not have diagbundle: their tools must read it without a word.
final class BundleToolsTest {
  private static final RequiredTool.Result CONTENT = new RequiredTool.Result(0, "", "");

  @TempDir private Path folder;
  private final Map<EntryPath, byte[]> files = new LinkedHashMap<>();
  private Path bundle = Path.of("unset");

  @BeforeEach
  void writeABundle() throws IOException, DiagbundleException {
    var nodes = EntryPath.of("nodes");
    files.put(EntryPath.of("version.yaml"), "kind: Version\n".getBytes(UTF_8));
    files.put(nodes.descend("rig 1/it's \"quoted\".txt"), "blanks and quotes\n".getBytes(UTF_8));
    files.put(nodes.child("../../escape"), "not above the root\n".getBytes(UTF_8));
    files.put(nodes.child(".."), "nor here\n".getBytes(UTF_8));
    files.put(nodes.child("n".repeat(240)), "a long name\n".getBytes(UTF_8));
    files.put(nodes.descend(("d".repeat(200) + "/").repeat(14) + "deep"), "deep\n".getBytes(UTF_8));
    files.put(nodes.descend("käse 🧀/ñ.log"), "not ASCII\n".getBytes(UTF_8));
    files.put(nodes.child("-rf"), "an option?\n".getBytes(UTF_8));
    files.put(nodes.child("empty.log"), new byte[0]);
    files.put(nodes.child("block.log"), "x".repeat(512).getBytes(UTF_8));
    var noise = new byte[300_000];
    new Random(7).nextBytes(noise);
    files.put(nodes.child("noise.bin"), noise);
    try (var writer =
        BundleWriter.create(
            folder.resolve("b.tar.gz"), SampleRun.ROOT, WriterOptions.unlimited())) {
      for (var file : files.entrySet()) {
        SampleRun.write(writer, file.getKey(), file.getValue());
      }
      bundle = SampleRun.finish(writer);
    }
  }

  @Test
  void gnuTarUnpacksIt() throws IOException, InterruptedException {
    var tar = RequiredTool.require("tar");
    assertEquals(CONTENT, tar.run(folder, "xzf", "b.tar.gz"));
    assertUnpacked(folder);
  }

  @Test
  void gnuTarListsFoldersFirstAndOnce() throws IOException, InterruptedException {
    var listing =
        RequiredTool.require("tar").run(folder, "tzf", "b.tar.gz", "--quoting-style=literal");
    assertEquals("", listing.err());
    var seen = new ArrayList<String>();
    for (String name : listing.out().lines().toList()) {
      var parent = name.substring(0, name.lastIndexOf('/', name.length() - 2) + 1);
      assertEquals(true, parent.isEmpty() || seen.contains(parent), name);
      assertEquals(false, seen.contains(name), name);
      seen.add(name);
    }
    assertEquals(SampleRun.ROOT + "/", seen.getFirst());
    assertEquals(SampleRun.ROOT + "/SHA256SUMS", seen.getLast());
    assertEquals(files.size() + 3 + 18, seen.size());
  }

  @Test
  void gnuTarFindsPlainModesAndOwners() throws IOException, InterruptedException {
    var listing =
        RequiredTool.require("tar")
            .run(folder, "tvzf", "b.tar.gz", "--numeric-owner", "--utc", "--full-time");
    var lines = listing.out().lines().limit(2).toList();
    assertEquals(
        List.of(
            "drwxr-xr-x 0/0               0 2026-03-01 11:59:58 " + SampleRun.ROOT + "/",
            "-rw-r--r-- 0/0              14 2026-03-01 11:59:58 "
                + SampleRun.ROOT
                + "/version.yaml"),
        lines);
  }

  @Test
  void bsdtarUnpacksIt() throws IOException, InterruptedException {
    var tar = RequiredTool.require("bsdtar");
    assertEquals(CONTENT, tar.run(folder, "-xzf", "b.tar.gz"));
    assertUnpacked(folder);
  }

  @Test
  void sevenZipUnpacksIt() throws IOException, InterruptedException {
    var zip = RequiredTool.require("7zz");
    assertEquals(0, zip.run(folder, "x", "-y", "b.tar.gz").exitCode());
    assertEquals(0, zip.run(folder, "x", "-y", "b.tar").exitCode());
    assertUnpacked(folder);
  }

  @Test
  void goReadsIt() throws IOException, InterruptedException {
    // What reads the tar is the archive/tar of Go's library.
    RequiredTool.require("gzip").run(folder, "-d", "b.tar.gz");
    var read =
        RequiredTool.require("tar-split")
            .run(folder, "disasm", "--no-stdout", "--output", "b.json.gz", "b.tar");
    assertEquals(0, read.exitCode(), read.err());
    var names = RequiredTool.require("gzip").run(folder, "-dc", "b.json.gz").out();
    assertEquals(true, names.contains(SampleRun.ROOT + "/version.yaml"), names);
    assertEquals(true, names.contains(SampleRun.ROOT + "/SHA256SUMS"), names);
  }

  @Test
  void theJoinedPartsOfASplitOneUnpack() throws IOException, InterruptedException {
    var split = RequiredTool.require("split");
    split.run(folder, "-b", "100000", "-d", "-a", "3", "b.tar.gz", "b.tar.gz.");
    Files.delete(folder.resolve("b.tar.gz"));
    RequiredTool.require("sh").run(folder, "-c", "cat b.tar.gz.0* > b.tar.gz");
    assertEquals(CONTENT, RequiredTool.require("tar").run(folder, "xzf", "b.tar.gz"));
    assertUnpacked(folder);
  }

  @Test
  void pythonUnpacksIt() throws IOException, InterruptedException {
    var python = RequiredTool.require("python3");
    var script = "import tarfile; tarfile.open('b.tar.gz').extractall('.', filter='data')";
    assertEquals(CONTENT, python.run(folder, "-W", "error", "-c", script));
    assertUnpacked(folder);
  }

  @Test
  void sha256sumChecksEveryFile() throws IOException, InterruptedException {
    RequiredTool.require("tar").run(folder, "xzf", "b.tar.gz");
    var root = folder.resolve(SampleRun.ROOT);
    var check = RequiredTool.require("sha256sum").run(root, "--strict", "-c", "SHA256SUMS");
    assertEquals("", check.err());
    assertEquals(
        files.size() + 2, check.out().lines().filter(line -> line.endsWith(": OK")).count());
  }

  @Test
  void gzipFindsItWhole() throws IOException, InterruptedException {
    assertEquals(CONTENT, RequiredTool.require("gzip").run(folder, "-t", "b.tar.gz"));
  }

  @Test
  void contentCanBeUnzippedWithoutKnowingTar() throws IOException, InterruptedException {
    try (var reader = BundleReader.open(bundle)) {
      var entry = reader.find(EntryPath.of("version.yaml")).orElseThrow();
      var bytes = Files.readAllBytes(bundle);
      var member = new byte[(int) entry.compressedBytes()];
      System.arraycopy(bytes, (int) entry.offset(), member, 0, member.length);
      Files.write(folder.resolve("member.gz"), member);
      var content = RequiredTool.require("gzip").run(folder, "-dc", "member.gz").out();
      assertEquals("kind: Version\n", content.substring(0, (int) entry.bytes()));
      assertEquals("\0".repeat(498), content.substring((int) entry.bytes()));
    } catch (DiagbundleException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatAKilledRunLeavesUnpacksToItsLastWholeEntry() throws Exception {
    var partial = folder.resolve("killed.tar.gz.partial");
    try (var reader = BundleReader.open(bundle)) {
      var noise = reader.find(EntryPath.of("nodes", "noise.bin")).orElseThrow();
      var bytes = Files.readAllBytes(bundle);
      Files.write(partial, Arrays.copyOf(bytes, (int) noise.offset() + 100_000));
    }
    RequiredTool.require("tar").run(folder, "xzf", partial.toString());
    files.remove(EntryPath.of("nodes", "noise.bin"));
    assertUnpacked(folder);
  }

  private void assertUnpacked(Path parent) throws IOException {
    var root = parent.resolve(SampleRun.ROOT);
    for (var file : files.entrySet()) {
      var path = root.resolve(file.getKey().value());
      assertEquals(
          new String(file.getValue(), UTF_8),
          new String(Files.readAllBytes(path), UTF_8),
          path::toString);
      assertEquals(SampleRun.MODIFIED, Files.getLastModifiedTime(path).toInstant());
    }
  }
}
