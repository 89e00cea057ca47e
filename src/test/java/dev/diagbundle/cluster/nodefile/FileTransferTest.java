package dev.diagbundle.cluster.nodefile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.TransferFixture;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transfers of files that hold still.
final class FileTransferTest {
  private final TransferFixture fixture;

  FileTransferTest(@TempDir Path folder) throws IOException {
    fixture = new TransferFixture(folder);
  }

  @Test
  void fileComesInBlocksThatOverlap() throws Exception {
    assertEquals(new Outcome.Collected(), fixture.transfer((_, _) -> Optional.empty()));
    assertArrayEquals(fixture.content, fixture.out.toByteArray());
    assertEquals(
        List.of("bytes=0-49999", "bytes=49936-99999", "bytes=99936-149999", "bytes=149936-199999"),
        fixture.asked);
  }

  @Test
  void tailIsTheEndOfTheFile() throws Exception {
    assertEquals(new Outcome.Collected(), fixture.transfer(70_000, (_, _) -> Optional.empty()));
    assertArrayEquals(
        Arrays.copyOfRange(fixture.content, TransferFixture.SIZE - 70_000, TransferFixture.SIZE),
        fixture.out.toByteArray());
    assertEquals("bytes=130000-179999", fixture.asked.getFirst());
  }

  @Test
  void serverThatKnowsNoRangesSendsTheWholeFile() throws Exception {
    var outcome =
        fixture.transfer(
            70_000,
            (_, _) ->
                Optional.of(exchange -> {
                  try (var body = exchange.body(200, "text/x-log", TransferFixture.SIZE)) {
                    body.write(fixture.content);
                  }
                }));
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(
        Arrays.copyOfRange(fixture.content, TransferFixture.SIZE - 70_000, TransferFixture.SIZE),
        fixture.out.toByteArray());
    assertEquals(1, fixture.asked.size());
  }

  @Test
  void onlyFilesThatAreWrittenNoMoreAreAskedForByTheirTime() throws Exception {
    var conditions = Collections.synchronizedList(new ArrayList<String>());
    TransferFixture.Event event =
        (_, request) -> {
          conditions.add(request.header("If-Range").orElse("none"));
          return Optional.empty();
        };
    fixture.transfer(event);
    fixture.node("{\"modified\":{\"x.log\":\"2026-01-01T08:00:00Z\"}}");
    fixture.transfer(event);
    assertEquals("none", conditions.getFirst());
    assertEquals("Thu, 01 Jan 2026 08:00:00 GMT", conditions.getLast());
  }

  @Test
  void oldFileThatWasWrittenAnewIsPartial() throws Exception {
    fixture.node("{\"modified\":{\"x.log\":\"2026-01-01T08:00:00Z\"}}");
    var outcome =
        fixture.transfer((number, _) ->
            number == 3
                ? Optional.of(exchange -> {
                  exchange.header("Last-Modified", "Thu, 01 Jan 2026 10:00:00 GMT");
                  exchange.send(200, "text/x-log", fixture.content);
                })
                : Optional.empty());
    assertEquals(Optional.of(Reason.TRUNCATED), outcome.why());
    assertArrayEquals(Arrays.copyOf(fixture.content, 100_000), fixture.out.toByteArray());
  }

  @Test
  void oldFileThatGrewAfterAllIsRead() throws Exception {
    fixture.node("{\"modified\":{\"x.log\":\"2026-01-01T08:00:00Z\"}}");
    var outcome =
        fixture.transfer((number, _) ->
            number == 3
                ? Optional.of(exchange -> {
                  var grown = Arrays.copyOf(fixture.content, TransferFixture.SIZE + 10);
                  exchange.send(200, "text/x-log", grown);
                })
                : Optional.empty());
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(fixture.content, fixture.out.toByteArray());
  }

  @Test
  void htmlIsFlaggedAndItsLengthIsNotTrusted() throws Exception {
    var page = "<html><a href=\"/logs/x\">x</a>" + "line\n".repeat(30_000);
    fixture.log("page.html", page.getBytes(StandardCharsets.UTF_8));
    try (var server = fixture.serve((_, _) -> Optional.empty());
        var cluster = TransferFixture.cluster(server)) {
      var outcome = fixture.transfer(cluster, "page.html", TransferFixture.SIZE);
      assertEquals(Optional.of(Reason.INVALID_ANSWER), outcome.why());
      assertEquals(
          page.replace("\"/logs", "\"/api/v1/nodes/n/proxy/logs"),
          fixture.out.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void compressedFileStaysCompressed() throws Exception {
    var gzip = new ByteArrayOutputStream();
    try (var zipped = new java.util.zip.GZIPOutputStream(gzip)) {
      zipped.write("old lines\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
    }
    fixture.log("x.log.2.gz", gzip.toByteArray());
    try (var server = fixture.serve((_, _) -> Optional.empty());
        var cluster = TransferFixture.cluster(server)) {
      assertEquals(
          new Outcome.Collected(), fixture.transfer(cluster, "x.log.2.gz", TransferFixture.SIZE));
      assertArrayEquals(gzip.toByteArray(), fixture.out.toByteArray());
    }
  }

  @Test
  void fileThatDoesNotAnswerWithinItsTimeIsRefused() throws Exception {
    try (var server =
            DemoClusterFixture.start(
                fixture.folder(),
                ReplayOptions.defaults()
                    .withInterceptor(_ -> Optional.of(_ -> Thread.sleep(30_000))));
        var cluster = TransferFixture.cluster(server)) {
      var refusal =
          assertThrows(
              RequestFailedException.class,
              () ->
                  NodeFile.look(
                      cluster,
                      "n",
                      LogPath.of("x.log"),
                      TransferFixture.CALLER,
                      Duration.ofMillis(400)));
      assertEquals(Reason.TIMED_OUT, refusal.reason());
    }
  }
}
