package dev.diagbundle.cluster.podlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.serve.DemoClusterFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of container logs, read from a kubelet's file server.
final class ContainerFileTest {
  private static final TimeWindow WINDOW =
      new TimeWindow(Instant.parse("2026-11-21T03:00:00Z"), Instant.parse("2026-11-21T04:00:00Z"));
  private static final RequestOrigin CALLER = new RequestOrigin("item", "n", 0);
  private static final String LINES =
      "2026-11-21T03:00:01Z stdout P one\n2026-11-21T03:00:02Z stdout F  and a half\n";
  private static final String SHOWN = "2026-11-21T03:00:01.000000000Z one and a half\n";

  @TempDir private Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void plainFileIsCutToItsLines() throws Exception {
    assertEquals(new Outcome.Collected(), copy("0.log", bytes(LINES), 1 << 20));
    assertEquals(SHOWN, text());
  }

  @Test
  void compressedFileIsDecompressed() throws Exception {
    assertEquals(new Outcome.Collected(), copy("0.log.gz", gzip(LINES), 1 << 20));
    assertEquals(SHOWN, text());
  }

  @Test
  void everyMemberOfACompressedFileIsRead() throws Exception {
    var both = new ByteArrayOutputStream();
    both.write(gzip(LINES));
    both.write(gzip("2026-11-21T03:00:03Z stdout F two\n"));
    assertEquals(new Outcome.Collected(), copy("0.log.gz", both.toByteArray(), 1 << 20));
    assertEquals(SHOWN + "2026-11-21T03:00:03.000000000Z two\n", text());
  }

  @Test
  void compressedFileThatBreaksOffIsKeptAsFarAsItCame() throws Exception {
    var line = new StringBuilder();
    var random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      line.append("2026-11-21T03:00:01Z stdout F ").append(random.nextLong()).append('\n');
    }
    var whole = gzip(line.toString());
    var outcome = copy("0.log.gz", Arrays.copyOf(whole, whole.length / 2), 1 << 20);
    assertEquals(
        new Outcome.Partial(Reason.TRUNCATED, "the compressed file is truncated"), outcome);
    assertTrue(text().lines().count() > 1_000, "lines: " + text().lines().count());
  }

  @Test
  void fileThatIsNotCompressedThoughItsNameSaysSoFails() throws Exception {
    assertEquals(
        new Outcome.Failed(Reason.TRUNCATED, "the compressed file is damaged: Not in GZIP format"),
        copy("0.log.gz", bytes(LINES), 1 << 20));
  }

  @Test
  void ofAFileAboveTheLimitTheEndIsKept() throws Exception {
    var old = "2026-11-21T03:00:00Z stdout F old\n".repeat(100);
    var limit = bytes(LINES).length + 5;
    assertEquals(
        new Outcome.Partial(
            Reason.LIMIT, "only the last " + ByteSize.format(limit) + " of " + size(old + LINES)),
        copy("0.log", bytes(old + LINES), limit));
    assertEquals(SHOWN, text());
  }

  @Test
  void lineThatBeginsAtTheLimitIsNotLost() throws Exception {
    var old = "2026-11-21T03:00:00Z stdout F old\n".repeat(3);
    copy("0.log", bytes(old + LINES), bytes(LINES).length);
    assertEquals(SHOWN, text());
  }

  @Test
  void limitThatCutsOnlyWhatIsBeforeTheWindowLeavesNoGap() throws Exception {
    var old = "2026-11-21T02:00:00Z stdout F old\n".repeat(100);
    assertEquals(
        new Outcome.Collected(), copy("0.log", bytes(old + LINES), bytes(LINES).length + 200));
    assertEquals(SHOWN, text());
  }

  @Test
  void limitThatHidesTheWindowIsSaid() throws Exception {
    var later = "2026-11-21T05:00:00Z stdout F later\n".repeat(100);
    assertEquals(
        new Outcome.Skipped(
            Reason.LIMIT,
            "only the last "
                + ByteSize.format(200)
                + " of "
                + size(LINES + later)
                + " were read, without a line in the time window"),
        copy("0.log", bytes(LINES + later), 200));
  }

  @Test
  void fileWithoutALineOfTheWindowIsEmpty() throws Exception {
    assertEquals(
        new Outcome.Skipped(Reason.EMPTY, "no lines in the time window"),
        copy("0.log", bytes("2026-11-21T04:00:00Z stdout F x\n"), 1 << 20));
  }

  @Test
  void linesInNoKnownFormatAreSaid() throws Exception {
    assertEquals(
        new Outcome.Partial(Reason.INVALID_ANSWER, "lines in an unknown format, kept unchanged: 2"),
        copy("0.log", bytes("odd\n" + LINES + "odder\n"), 1 << 20));
    assertEquals("odd\n" + SHOWN + "odder\n", text());
  }

  private Outcome copy(String name, byte[] content, long maxBytes) throws Exception {
    write("cluster.json", bytes("{\"time\":\"2026-11-21T04:00:00Z\"}"));
    write(
        "answers/api/v1.json",
        bytes("{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}"));
    write("objects/nodes.json", bytes("{\"items\":[{\"metadata\":{\"name\":\"n\"}}]}"));
    write("nodes/n/files/pods/a_b_c/d/" + name, content);
    try (var server = DemoClusterFixture.start(folder);
        var cluster =
            OkHttpCluster.open(
                ClusterConnection.anonymous("test", server.url().toString()),
                Clock.systemUTC(),
                "test",
                request -> {},
                ClientOptions.USUAL)) {
      var file = NodeFile.look(cluster, "n", "pods/a_b_c/d/" + name, CALLER).orElseThrow();
      return new ContainerFile("n", file, WINDOW, maxBytes, CALLER).copyTo(cluster, out);
    }
  }

  private void write(String path, byte[] content) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String size(String text) {
    return ByteSize.format(bytes(text).length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(bytes(text));
    }
    return bytes.toByteArray();
  }
}
