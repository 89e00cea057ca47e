package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.outcome;
import static dev.diagbundle.cli.CollectFixture.text;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs over files that nodes keep compressed, or in UTF-16: what is in them is redacted as
/// all else.
final class CollectCompressedFilesTest {
  private static final String SECRET = "hunter2hunter2";
  private static final String LINES = "first line\npassword=" + SECRET + "\nlast line\n";

  @TempDir private Path folder = Path.of("");

  @Test
  void compressedFilesAreUnpackedAndRedacted() throws Exception {
    file("syslog.2.gz", gzip(LINES));
    file("two.gz", joined(gzip("one\n"), gzip("two\n")));
    try (var bundle = collect()) {
      assertEquals(
          "first line\npassword=[redacted:password]\nlast line\n",
          text(bundle, "nodes/n/files/syslog.2.gz.txt"));
      assertEquals(new Outcome.Collected(), outcome(bundle, "nodeFiles/n/syslog.2.gz"));
      assertEquals("one\ntwo\n", text(bundle, "nodes/n/files/two.gz.txt"));
    }
  }

  @Test
  void compressedFileThatBreaksOffIsPartial() throws Exception {
    var whole = gzip(LINES.repeat(5_000));
    file("cut.gz", Arrays.copyOf(whole, whole.length - 9));
    file("rest.gz", joined(gzip(LINES), "more".getBytes(UTF_8)));
    try (var bundle = collect()) {
      var cut = assertInstanceOf(Outcome.Partial.class, outcome(bundle, "nodeFiles/n/cut.gz"));
      assertEquals(Reason.TRUNCATED, cut.reason());
      assertTrue(text(bundle, "nodes/n/files/cut.gz.txt").startsWith("first line\n"));
      assertTrue(text(bundle, "nodes/n/files/rest.gz.txt").endsWith("last line\n"));
    }
  }

  @Test
  void plainFileWithTheNameOfACompressedOneIsTakenAsItIs() throws Exception {
    file("named.gz", LINES.getBytes(UTF_8));
    try (var bundle = collect()) {
      assertEquals(
          "first line\npassword=[redacted:password]\nlast line\n",
          text(bundle, "nodes/n/files/named.gz"));
    }
  }

  @Test
  void whatPowerShellWroteIsRedactedAndReadable() throws Exception {
    var lines = "ümläut 日本\r\npassword=" + SECRET + "\r\n";
    file("marked.log", ("\ufeff" + lines.repeat(5_000)).getBytes(UTF_16LE));
    file("big-endian.log", ("\ufeff" + lines).getBytes(UTF_16BE));
    file("tail.log", ("a tail without mark\r\n" + LINES.repeat(50)).getBytes(UTF_16LE));
    file("odd.log", Arrays.copyOf("\ufeffpassword=hunter2!".getBytes(UTF_16LE), 41));
    file("two.bin", new byte[] {(byte) 0xff, (byte) 0xfd, 0, 1});
    try (var bundle = collect()) {
      var redacted = "ümläut 日本\r\npassword=[redacted:password]\r\n";
      assertEquals(redacted.repeat(5_000), text(bundle, "nodes/n/files/marked.log"));
      assertEquals(redacted, text(bundle, "nodes/n/files/big-endian.log"));
      assertFalse(text(bundle, "nodes/n/files/tail.log").contains("hunter2"));
      assertTrue(text(bundle, "nodes/n/files/tail.log").startsWith("a tail without mark\r\nfirst"));
      assertTrue(text(bundle, "nodes/n/files/odd.log").startsWith("password=[redacted"));
      assertEquals(
          new Outcome.Collected("converted from UTF-16 to UTF-8"),
          outcome(bundle, "nodeFiles/n/marked.log"));
      assertEquals(new Outcome.Collected(), outcome(bundle, "nodeFiles/n/two.bin"));
    }
  }

  @Test
  void bombIsCutAtTheLimitOfItsItem() throws Exception {
    file("bomb.gz", gzip("0".repeat(50_000_000)));
    try (var bundle = collect()) {
      var outcome = assertInstanceOf(Outcome.Partial.class, outcome(bundle, "nodeFiles/n/bomb.gz"));
      assertEquals(Reason.LIMIT, outcome.reason());
    }
  }

  @Test
  void whatCannotBeUnpackedIsNamedAsNotRedacted() throws Exception {
    file("core.xz", "no matter what".getBytes(UTF_8));
    try (var bundle = collect()) {
      var outcome = assertInstanceOf(Outcome.Partial.class, outcome(bundle, "nodeFiles/n/core.xz"));
      assertEquals(Reason.UNSUPPORTED, outcome.reason());
      assertTrue(outcome.detail().contains("not redacted"), outcome.detail());
    }
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[] one, byte[] other) {
    var both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private BundleReader collect() throws Exception {
    file("../../../cluster.json", "{\"time\":\"2026-01-01T10:00:00Z\"}");
    file("../../../answers/version.json", "{\"gitVersion\":\"v1.36.2\"}");
    file(
        "../../../answers/api/v1.json",
        "{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}");
    file("../../../objects/nodes.json", "{\"items\":[{\"metadata\":{\"name\":\"n\"}}]}");
    var profile = folder.resolve("files.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: files
        description: For a test
        collect:
          - nodeFiles: { include: ["**"], limits: { item: 20MB } }
        """);
    var bundle = folder.resolve("files.tar.gz");
    try (var data = ClusterData.of(folder.resolve("cluster"));
        var server = ReplayServer.start(data, ReplayOptions.defaults())) {
      var run =
          Run.of(
              "collect",
              "--kubeconfig",
              kubeconfig(folder, server.url().toString(), "", "token: abc").toString(),
              "-o",
              bundle.toString(),
              "-p",
              profile.toString());
      assertTrue(run.code() == ExitCode.OK || run.code() == ExitCode.INCOMPLETE, run.err());
    }
    return BundleReader.open(bundle);
  }

  private void file(String name, String text) throws IOException {
    file(name, text.getBytes(UTF_8));
  }

  private void file(String name, byte[] bytes) throws IOException {
    var file = folder.resolve("cluster/nodes/n/files").resolve(name).normalize();
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
