package dev.diagbundle.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every recorded question is asked again, of a server with the recorded data.
class ReplayedRecordingsTest {
  private static final JsonMapper JSON = new JsonMapper();

  /// Answered differently, with the reason.
  private static final Set<String> DIFFERENT =
      Set.of(
          // Access rules are not replayed.
          "072",
          "073",
          "074",
          // Recorded from another state of the file than 045; see suffixRangeIsServed.
          "076",
          // Its gzip bytes depend on the library; see gzipIsServedForExactlyGzip.
          "077",
          // Tables and partial objects are answered with the plain list, which clients accept.
          "078",
          "079",
          // The node was down; see the tests below.
          "101",
          "102",
          "103",
          "104");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> recordedQuestionsGetTheRecordedAnswers() throws IOException {
    RecordedCluster.write(folder, "");
    try (var files = Files.list(Recording.FOLDER)) {
      var recordings =
          files
              .filter(file -> file.toString().endsWith(".http"))
              .filter(file -> !DIFFERENT.contains(number(file)))
              .sorted()
              .toList();
      return recordings.stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  @Test
  void stoppedKubeletIsUnreachable() throws Exception {
    RecordedCluster.write(folder, "dial tcp 10.200.0.12:10250: connect: connection refused");
    for (String number : List.of("101", "102", "103")) {
      check(Recording.of(number));
    }
  }

  @Test
  void frozenKubeletIsUnreachable() throws Exception {
    RecordedCluster.write(folder, "net/http: TLS handshake timeout");
    check(Recording.of("104"));
  }

  @Test
  void suffixRangeIsServed() throws Exception {
    var recording = Recording.of("076");
    RecordedCluster.write(folder, "");
    Files.writeString(
        folder.resolve("nodes/rig-1/files/apt/history.log"), "x".repeat(34_331) + recording.text());
    try (var server = DemoClusterFixture.start(folder)) {
      var answer = server.get(recording.path(), "Range", "bytes=-200");
      assertEquals(206, answer.statusCode());
      assertEquals(
          "bytes 34331-34530/34531", answer.headers().firstValue("Content-Range").orElse(""));
      assertEquals(recording.text(), new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void gzipIsServedForExactlyGzip() throws Exception {
    RecordedCluster.write(folder, "");
    var recording = Recording.of("077");
    try (var server = DemoClusterFixture.start(folder)) {
      var zipped = server.get(recording.path(), "Accept-Encoding", "gzip");
      var plain = server.get(recording.path(), "Accept-Encoding", "gzip, deflate");
      assertEquals("gzip", zipped.headers().firstValue("Content-Encoding").orElse(""));
      assertTrue(plain.headers().firstValue("Content-Encoding").isEmpty());
      var unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
      assertEquals(
          new String(plain.body(), StandardCharsets.UTF_8),
          new String(unzipped, StandardCharsets.UTF_8));
    }
  }

  @Test
  void forbiddenIsSaidAsRecorded() throws Exception {
    var user = "system:serviceaccount:shop:viewer";
    assertEquals(
        JSON.readTree(Recording.of("072").text()),
        JSON.readTree(
            ApiStatus.forbidden(
                    user,
                    "nodes",
                    "cannot list resource \"nodes\" in API group \"\" at the cluster scope")
                .json()));
  }

  private void check(Path file) throws Exception {
    check(Recording.read(file));
  }

  private void check(Recording recording) throws Exception {
    try (var server = DemoClusterFixture.start(folder);
        var client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      var path = recording.path().replace("pattern=(", "pattern=%28");
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertEquals(recording.status(), answer.statusCode());
      assertEquals(recording.contentType(), answer.headers().firstValue("Content-Type").orElse(""));
      var body = new String(answer.body(), StandardCharsets.UTF_8);
      if (recording.contentType().equals("application/json")) {
        assertEquals(JSON.readTree(recording.text()), JSON.readTree(body));
      } else {
        assertEquals(recording.text(), body);
      }
    }
  }

  private static String number(Path file) {
    return file.getFileName().toString().substring(0, 3);
  }
}
