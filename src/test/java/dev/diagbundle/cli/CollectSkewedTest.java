package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Interceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole runs on a node whose clock is ahead or behind: no line of the window is lost.
final class CollectSkewedTest {
  private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");

  /// The true times of the lines, of which the first is before the window.
  private static final List<String> TIMES =
      List.of("02:50:00", "03:00:05", "03:30:00", "03:49:55", "03:55:00", "03:59:59");

  private static final DateTimeFormatter CLASSIC =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter ROTATED =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @TempDir private Path folder = Path.of("");

  static Stream<Arguments> clocks() {
    return Stream.of(-3 * 3_600, -40, 0, 40, 3 * 3_600)
        .flatMap(seconds -> Stream.of(true, false).map(to -> Arguments.of(seconds, to)));
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void everyKindOfLogHasAllLinesOfTheWindow(int seconds, boolean hasEnd) throws Exception {
    var lead = Duration.ofSeconds(seconds);
    // A pod log may be read before the first response of the kubelet.
    cluster(lead, heartbeat(lead));
    var items =
        """
          - nodeLogs: { services: [kubelet, agent] }
          - podLogs: { rotated: true }
          - nodeFiles: { include: ["*.log"] }
        """;
    try (var bundle = collect(items, hasEnd)) {
      var expected = expected(hasEnd);
      var logs = "cluster-resources/pods/logs/a/web/c";
      assertEquals(expected, lines(text(bundle, "nodes/n/services/kubelet.log")));
      assertEquals(expected, lines(text(bundle, logs + ".log")));
      assertEquals(expected, lines(text(bundle, logs + "/" + rotated(lead))));
      // Files with lines of an unknown format are whole.
      assertEquals(TIMES, lines(text(bundle, "nodes/n/services/agent.log")));
      assertEquals(TIMES, lines(text(bundle, "nodes/n/files/own.log")));
    }
  }

  /// A Node whose kubelet reported 100 s ago, by its own clock.
  private static String heartbeat(Duration lead) {
    var written = NOW.minusSeconds(100);
    return """
    {"metadata":{"name":"n","managedFields":[{"manager":"kubelet","time":"%s","fieldsV1":
    {"f:status":{"f:conditions":{"k:{\\"type\\":\\"Ready\\"}":{"f:lastHeartbeatTime":{}}}}}}]},
    "status":{"conditions":[{"type":"Ready","status":"True","lastHeartbeatTime":"%s"}]}}
    """
        .formatted(written, written.plus(lead));
  }

  /// Without a request to the kubelet, the heartbeat in the Node shows the clock.
  @ParameterizedTest
  @CsvSource({"-10800, true", "-40, true", "10800, true", "-10800, false", "40, false"})
  void podLogsNeedNoRequestToTheKubelet(int seconds, boolean hasEnd) throws Exception {
    var lead = Duration.ofSeconds(seconds);
    cluster(lead, heartbeat(lead));
    try (var bundle = collect("  - podLogs: {}\n", hasEnd)) {
      var log = lines(text(bundle, "cluster-resources/pods/logs/a/web/c.log"));
      assertEquals(expected(hasEnd), log.stream().filter(expected(hasEnd)::contains).toList());
    }
  }

  /// The first response of the node does not show its clock, and the second one comes only when the
  /// log is being read.
  @Test
  void podLogReadBeforeTheClockWasKnownIsReadOnceMore() throws Exception {
    cluster(Duration.ofHours(-3), "{\"metadata\":{\"name\":\"n\"}}");
    var reading = new CountDownLatch(1);
    var answered = new CountDownLatch(3);
    var requests = new AtomicInteger();
    Interceptor late =
        request -> {
          if (request.path().endsWith("/pods/web/log") && requests.incrementAndGet() == 1) {
            reading.countDown();
            return Optional.of(exchange -> answerLate(exchange, answered));
          }
          if (!request.path().contains("/proxy/")) {
            return Optional.empty();
          }
          answered.countDown();
          if (answered.getCount() == 2) {
            return Optional.of(exchange -> exchange.sendError(405, "logs endpoint is disabled."));
          }
          awaitIn(reading);
          return Optional.empty();
        };
    var items =
        """
          - nodeFiles: { name: one, include: ["*.log"] }
          - nodeFiles: { name: two, include: ["*.log"] }
          - podLogs: {}
        """;
    try (var bundle = collect(items, false, late)) {
      assertEquals(2, requests.get());
      var log = lines(text(bundle, "cluster-resources/pods/logs/a/web/c.log"));
      assertEquals(expected(false), log);
    }
  }

  private static void awaitIn(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answerLate(Exchange exchange, CountDownLatch answered) throws IOException {
    try (var out = exchange.chunks(200, "text/plain")) {
      out.write("2026-11-21T03:00:00Z first\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      awaitIn(answered);
    }
  }

  /// The API server's record of the update counts, not the stamp of a node that is behind.
  @ParameterizedTest
  @ValueSource(ints = {-3 * 3_600, -40, 0, 40, 3 * 3_600})
  void eventsOfTheWindowAreThere(int seconds) throws Exception {
    cluster(Duration.ofSeconds(seconds), "{\"metadata\":{\"name\":\"n\"}}");
    var events = new ArrayList<String>();
    for (String time : TIMES) {
      var written = at(time);
      events.add(
          """
          {"metadata":{"name":"e%s","namespace":"a","creationTimestamp":"2026-11-20T00:00:00Z",
          "managedFields":[{"time":"%s"}]},"involvedObject":{"kind":"Pod","name":"web"},
          "lastTimestamp":"%s","count":9,"reason":"BackOff","message":"%s"}
          """
              .formatted(time.replace(':', '-'), written, written.plusSeconds(seconds), time));
    }
    write("objects/events.json", "{\"items\":[" + String.join(",", events) + "]}");
    try (var bundle = collect("  - events: {}\n", false)) {
      var kept = text(bundle, "events.txt").lines().toList();
      for (String time : TIMES.subList(1, TIMES.size())) {
        assertEquals(1, kept.stream().filter(line -> line.contains(time)).count(), time);
      }
    }
  }

  private static List<String> expected(boolean hasEnd) {
    return TIMES.subList(1, hasEnd ? 4 : TIMES.size());
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-21T" + time + "Z");
  }

  /// The true times that the lines name.
  private static List<String> lines(String log) {
    return log.lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)).toList();
  }

  private static String rotated(Duration lead) {
    return "0.log." + ROTATED.format(NOW.minusSeconds(1).plus(lead));
  }

  private void cluster(Duration lead, String node) throws IOException {
    write("cluster.json", "{\"time\":\"" + NOW + "\"}");
    write("answers/version.json", "{\"gitVersion\":\"v1.36.2\"}");
    write(
        "answers/api/v1.json",
        """
        {"kind":"APIResourceList","groupVersion":"v1","resources":[
        {"name":"nodes","kind":"Node","namespaced":false},
        {"name":"events","kind":"Event","namespaced":true},
        {"name":"pods","kind":"Pod","namespaced":true}]}
        """);
    write("objects/nodes.json", "{\"items\":[" + node + "]}");
    write(
        "objects/pods.json",
        """
        {"items":[{"metadata":{"namespace":"a","name":"web","uid":"u1"},
        "spec":{"nodeName":"n","containers":[{"name":"c"}]},
        "status":{"phase":"Running","containerStatuses":[{"name":"c",
        "state":{"running":{}},"restartCount":1}]}}]}
        """);
    var modified = NOW.minus(Duration.ofMinutes(50)).plus(lead);
    write(
        "nodes/n/node.json",
        """
        {"query":"upstream","skewSeconds":%d,
        "modified":{"own.log":"%s","agent.log":"%s"}}
        """
            .formatted(lead.toSeconds(), modified, modified));
    var journal = new StringBuilder();
    var container = new StringBuilder();
    var file = new StringBuilder();
    for (String time : TIMES) {
      var stamp = at(time).plus(lead);
      journal.append(CLASSIC.format(stamp)).append(".000001 n kubelet[1]: " + time + "\n");
      container.append(stamp).append(" stdout F " + time + "\n");
      file.append(CLASSIC.format(stamp)).append(" n agent: " + time + "\n");
    }
    write("nodes/n/journal/kubelet.log", journal.toString());
    write("nodes/n/files/agent.log", file.toString());
    write("nodes/n/files/own.log", file.toString());
    write("pods/a/web/c.log", container.toString());
    write("nodes/n/files/pods/a_web_u1/c/" + rotated(lead), container.toString());
  }

  private void write(String path, String text) throws IOException {
    var file = folder.resolve("data").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private BundleReader collect(String items, boolean hasEnd) throws Exception {
    return collect(items, hasEnd, request -> Optional.empty());
  }

  private BundleReader collect(String items, boolean hasEnd, Interceptor interceptor)
      throws Exception {
    var profile = folder.resolve("skewed.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: skewed
        description: For a test
        collect:
        """
            + items,
        StandardCharsets.UTF_8);
    var file = folder.resolve("skewed.tar.gz");
    try (var data = ClusterData.of(folder.resolve("data"));
        var server =
            ReplayServer.start(data, ReplayOptions.defaults().withInterceptor(interceptor))) {
      var access = kubeconfig(folder, server.url().toString(), "", "token: abc");
      var words = new ArrayList<>(List.of("collect", "-q", "--kubeconfig", access.toString()));
      words.addAll(List.of("-p", profile.toString(), "-o", file.toString()));
      words.addAll(List.of("--from", "2026-11-21T03:00:00Z"));
      if (hasEnd) {
        words.addAll(List.of("--to", "2026-11-21T03:50:00Z"));
      }
      Run.of(words.toArray(String[]::new));
    }
    return BundleReader.open(file);
  }
}
