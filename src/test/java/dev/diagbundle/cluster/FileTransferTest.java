package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.Exchange;
import dev.diagbundle.serve.Handler;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Transfers of files that grow, shrink, rotate and break while they are read.
@Timeout(60)
final class FileTransferTest {
  private static final Caller CALLER = new Caller("item", "n", 0);
  private static final int SIZE = 200_000;
  private static final FileTransfer.Pace PACE =
      new FileTransfer.Pace(50_000, Duration.ofMillis(600));

  @TempDir private Path folder = Path.of("");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final byte[] content = bytes(1, SIZE);

  /// What happens when a block is asked for.
  @FunctionalInterface
  private interface Event {
    /// @param number of the request for a block, from 1
    /// @return who answers instead of the file server
    Optional<Handler> on(int number, Request request) throws IOException;
  }

  @BeforeEach
  void writeCluster() throws Exception {
    file("cluster.json", "{\"time\":\"2026-01-01T10:00:00Z\"}".getBytes(StandardCharsets.UTF_8));
    file(
        "answers/api/v1.json",
        "{\"resources\":[{\"name\":\"nodes\",\"kind\":\"Node\",\"namespaced\":false}]}"
            .getBytes(StandardCharsets.UTF_8));
    file(
        "objects/nodes.json",
        "{\"items\":[{\"metadata\":{\"name\":\"n\"}}]}".getBytes(StandardCharsets.UTF_8));
    log("x.log", content);
  }

  @Test
  void fileComesInBlocksThatOverlap() throws Exception {
    assertEquals(new Outcome.Collected(), transfer((_, _) -> Optional.empty()));
    assertArrayEquals(content, out.toByteArray());
    assertEquals(
        List.of("bytes=0-49999", "bytes=49936-99999", "bytes=99936-149999", "bytes=149936-199999"),
        asked);
  }

  @Test
  void tailIsTheEndOfTheFile() throws Exception {
    assertEquals(new Outcome.Collected(), transfer(70_000, (_, _) -> Optional.empty()));
    assertArrayEquals(Arrays.copyOfRange(content, SIZE - 70_000, SIZE), out.toByteArray());
    assertEquals("bytes=130000-179999", asked.getFirst());
  }

  @Test
  void growingFileIsCutAtTheSizeThatWasSeen() throws Exception {
    var outcome =
        transfer((_, _) -> {
          Files.write(log("x.log"), bytes(7, 3_000), StandardOpenOption.APPEND);
          return Optional.empty();
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(content, out.toByteArray());
  }

  @Test
  void resetInTheMiddleIsResumed() throws Exception {
    var outcome =
        transfer((number, request) ->
            number == 2 || number == 3
                ? Optional.of(exchange -> {
                  part(exchange, request, 20_000);
                  exchange.reset();
                })
                : Optional.empty());
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(content, out.toByteArray());
    assertTrue(asked.size() > 4, asked.toString());
  }

  @Test
  void answerThatEndsEarlyIsResumed() throws Exception {
    var outcome =
        transfer((number, request) ->
            number == 1
                ? Optional.of(exchange -> {
                  try (var body = chunked(exchange, request)) {
                    body.write(content, 0, 10);
                  }
                })
                : Optional.empty());
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(content, out.toByteArray());
    assertEquals("bytes=0-50009", asked.get(1));
  }

  @Test
  void silenceInTheMiddleIsResumed() throws Exception {
    var outcome =
        transfer((number, request) ->
            number == 2
                ? Optional.of(exchange -> {
                  part(exchange, request, 1_000);
                  Thread.sleep(30_000);
                })
                : Optional.empty());
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(content, out.toByteArray());
  }

  @Test
  void resetsWithoutProgressAreNotFollowedForEver() throws Exception {
    assertThrows(
        IOException.class,
        () ->
            transfer((number, request) ->
                number > 1
                    ? Optional.of(exchange -> {
                      part(exchange, request, 10);
                      exchange.reset();
                    })
                    : Optional.empty()));
    assertArrayEquals(Arrays.copyOf(content, 50_000), out.toByteArray());
    assertEquals(4, asked.size());
  }

  @Test
  void manyResetsWithLittleProgressComeToAnEnd() throws Exception {
    assertThrows(
        IOException.class,
        () ->
            transfer((_, request) ->
                Optional.of(exchange -> {
                  part(exchange, request, 65);
                  exchange.reset();
                })));
    assertTrue(asked.size() < 70, asked.size() + " requests");
    assertArrayEquals(Arrays.copyOf(content, out.size()), out.toByteArray());
  }

  @Test
  void rotatedFileIsFoundUnderItsNewName() throws Exception {
    log("x.log.1", bytes(3, 10_000));
    var outcome =
        transfer((number, _) -> {
          if (number == 3) {
            log("x.log.1", content);
            log("x.log", bytes(4, 500));
          }
          return Optional.empty();
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(content, out.toByteArray());
  }

  @Test
  void rotatedFileIsFoundByItsStampThoughTheNewOneIsLarger() throws Exception {
    log("x.log.20251231-235900", bytes(3, 300_000));
    log("x.log.20260101-100000", bytes(5, 10));
    log("x.log.20250101-000000.gz", bytes(6, 300_000));
    var outcome =
        transfer((number, _) -> {
          if (number == 2) {
            log("x.log.20260101-100000", content);
            log("x.log", bytes(4, 300_000));
          }
          return Optional.empty();
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(content, out.toByteArray());
  }

  @Test
  void rotatedFileThatIsGoneIsPartial() throws Exception {
    log("x.log.1", bytes(3, 300_000));
    var outcome =
        transfer((number, _) -> {
          if (number == 3) {
            log("x.log", bytes(4, 500));
          }
          return Optional.empty();
        });
    assertEquals(
        new Outcome.Partial(
            Reason.TRUNCATED,
            "the file was rotated or cut while it was read: 100000 of its 200000 bytes came before"
                + " that"),
        outcome);
    assertArrayEquals(Arrays.copyOf(content, 100_000), out.toByteArray());
  }

  @Test
  void fileThatBecameShorterBeforeTheFirstByteIsReadAsItIs() throws Exception {
    var fresh = bytes(9, 60_000);
    var outcome =
        transfer((number, _) -> {
          if (number == 1) {
            log("x.log", fresh);
          }
          return Optional.empty();
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(fresh, out.toByteArray());
  }

  @Test
  void serverThatKnowsNoRangesSendsTheWholeFile() throws Exception {
    var outcome =
        transfer(
            70_000,
            (_, _) ->
                Optional.of(exchange -> {
                  try (var body = exchange.body(200, "text/x-log", SIZE)) {
                    body.write(content);
                  }
                }));
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(Arrays.copyOfRange(content, SIZE - 70_000, SIZE), out.toByteArray());
    assertEquals(1, asked.size());
  }

  @Test
  void onlyFilesThatAreWrittenNoMoreAreAskedForByTheirTime() throws Exception {
    var conditions = Collections.synchronizedList(new ArrayList<String>());
    Event event =
        (_, request) -> {
          conditions.add(request.header("If-Range").orElse("none"));
          return Optional.empty();
        };
    transfer(event);
    node("{\"modified\":{\"x.log\":\"2026-01-01T08:00:00Z\"}}");
    transfer(event);
    assertEquals("none", conditions.getFirst());
    assertEquals("Thu, 01 Jan 2026 08:00:00 GMT", conditions.getLast());
  }

  @Test
  void oldFileThatWasWrittenAnewIsPartial() throws Exception {
    node("{\"modified\":{\"x.log\":\"2026-01-01T08:00:00Z\"}}");
    var outcome =
        transfer((number, _) ->
            number == 3
                ? Optional.of(exchange -> {
                  exchange.header("Last-Modified", "Thu, 01 Jan 2026 10:00:00 GMT");
                  exchange.send(200, "text/x-log", content);
                })
                : Optional.empty());
    assertEquals(Optional.of(Reason.TRUNCATED), outcome.why());
    assertArrayEquals(Arrays.copyOf(content, 100_000), out.toByteArray());
  }

  @Test
  void oldFileThatGrewAfterAllIsRead() throws Exception {
    node("{\"modified\":{\"x.log\":\"2026-01-01T08:00:00Z\"}}");
    var outcome =
        transfer((number, _) ->
            number == 3
                ? Optional.of(exchange -> {
                  var grown = Arrays.copyOf(content, SIZE + 10);
                  exchange.send(200, "text/x-log", grown);
                })
                : Optional.empty());
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(content, out.toByteArray());
  }

  @Test
  void htmlIsFlaggedAndItsLengthIsNotTrusted() throws Exception {
    var page = "<html><a href=\"/logs/x\">x</a>" + "line\n".repeat(30_000);
    log("page.html", page.getBytes(StandardCharsets.UTF_8));
    try (var server = serve((_, _) -> Optional.empty());
        var cluster = cluster(server)) {
      var outcome = transfer(cluster, "page.html", SIZE);
      assertEquals(Optional.of(Reason.INVALID_ANSWER), outcome.why());
      assertEquals(
          page.replace("\"/logs", "\"/api/v1/nodes/n/proxy/logs"),
          out.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void compressedFileStaysCompressed() throws Exception {
    var gzip = new ByteArrayOutputStream();
    try (var zipped = new java.util.zip.GZIPOutputStream(gzip)) {
      zipped.write("old lines\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
    }
    log("x.log.2.gz", gzip.toByteArray());
    try (var server = serve((_, _) -> Optional.empty());
        var cluster = cluster(server)) {
      assertEquals(new Outcome.Collected(), transfer(cluster, "x.log.2.gz", SIZE));
      assertArrayEquals(gzip.toByteArray(), out.toByteArray());
    }
  }

  @Test
  void fileThatDoesNotAnswerWithinItsTimeIsRefused() throws Exception {
    try (var server =
            DemoClusterFixture.start(
                folder,
                ReplayOptions.defaults()
                    .withInterceptor(_ -> Optional.of(_ -> Thread.sleep(30_000))));
        var cluster = cluster(server)) {
      var began = System.nanoTime();
      var refusal =
          assertThrows(
              RefusedException.class,
              () ->
                  NodeFile.look(cluster, "n", LogPath.of("x.log"), CALLER, Duration.ofMillis(400)));
      assertEquals(Reason.TIMED_OUT, refusal.reason());
      assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 10);
    }
  }

  private Outcome transfer(Event event) throws Exception {
    return transfer(SIZE, event);
  }

  private Outcome transfer(long wanted, Event event) throws Exception {
    try (var server = serve(event);
        var cluster = cluster(server)) {
      return transfer(cluster, "x.log", wanted);
    }
  }

  private Outcome transfer(Cluster cluster, String name, long wanted) throws Exception {
    var file = NodeFile.look(cluster, "n", name, CALLER).orElseThrow();
    return new FileTransfer(cluster, "n", CALLER, PACE, file, wanted, out).run();
  }

  private DemoClusterFixture serve(Event event) throws IOException {
    return DemoClusterFixture.start(
        folder,
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              var range = request.header("Range").orElse("");
              if (!request.path().endsWith("/x.log") || range.equals("bytes=0-0")) {
                return Optional.empty();
              }
              asked.add(range);
              try {
                return event.on(asked.size(), request);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }));
  }

  private static Cluster cluster(DemoClusterFixture server) throws Exception {
    return KubeConnection.anonymous("test", server.url().toString())
        .open(Clock.systemUTC(), "test", _ -> {});
  }

  /// Answers the range, but sends only its beginning.
  private void part(Exchange exchange, Request request, int count) throws IOException {
    var range = range(request);
    exchange.header("Content-Range", "bytes %d-%d/%d".formatted(range[0], range[1], SIZE));
    var body = exchange.body(206, "text/x-log", range[1] - range[0] + 1);
    body.write(content, range[0], count);
    body.flush();
  }

  private static java.io.OutputStream chunked(Exchange exchange, Request request)
      throws IOException {
    var range = range(request);
    exchange.header("Content-Range", "bytes %d-%d/%d".formatted(range[0], range[1], SIZE));
    return exchange.chunks(206, "text/x-log");
  }

  private static int[] range(Request request) {
    var ends = request.header("Range").orElseThrow().substring("bytes=".length()).split("-", 2);
    return new int[] {Integer.parseInt(ends[0]), Integer.parseInt(ends[1])};
  }

  private static byte[] bytes(long seed, int count) {
    var bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private void node(String json) throws IOException {
    file("nodes/n/node.json", json.getBytes(StandardCharsets.UTF_8));
  }

  private Path log(String name) {
    return folder.resolve("nodes/n/files").resolve(name);
  }

  private void log(String name, byte[] bytes) throws IOException {
    file("nodes/n/files/" + name, bytes);
  }

  private void file(String path, byte[] bytes) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
