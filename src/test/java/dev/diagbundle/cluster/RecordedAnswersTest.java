package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.nodelog.LogQuerySupport;
import dev.diagbundle.cluster.nodelog.NodeTimeZone;
import dev.diagbundle.cluster.nodelog.ServiceLog;
import dev.diagbundle.cluster.podlog.ContainerLog;
import dev.diagbundle.model.ClockLead;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the code makes of the answers that a real cluster gave.
final class RecordedAnswersTest {
  private static final Instant PRESENT = Instant.parse("2026-11-21T03:14:36Z");
  private static final InstantSource NOW = InstantSource.fixed(PRESENT);
  private static final TimeWindow WINDOW =
      new TimeWindow(Instant.parse("2026-11-20T21:14:36Z"), PRESENT);
  private final LogQuerySupport on =
      new LogQuerySupport(
          LogQuerySupport.State.ON,
          "",
          ClockLead.of(Duration.ZERO),
          new NodeTimeZone(),
          Optional.empty());
  private static final RequestOrigin CALLER = new RequestOrigin("item", "rig-1", 0);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @ParameterizedTest
  @CsvSource({
    "043-nodelogs-empty-query, ON_OPENSHIFT",
    "022-nodelogs-listing, OFF",
    "051-nodelogs-query-disabled-listing, OFF"
  })
  void probeTellsWhatTheNodeCanDo(String recording, LogQuerySupport.State expected)
      throws Exception {
    try (var server = new RecordedServer(recording);
        var cluster = server.cluster()) {
      assertEquals(expected, LogQuerySupport.probe(cluster, "rig-1", false, NOW, CALLER).state());
      assertEquals(List.of("/api/v1/nodes/rig-1/proxy/logs/?query="), server.asked);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "073-forbidden-node-proxy, FORBIDDEN, 403",
    "052-nodelogs-missing-node, NOT_FOUND, 404",
    "101-node-down-nodelogs, UNREACHABLE, 503",
    "104-node-hung-nodelogs, UNREACHABLE, 503",
    "026-nodelogs-kubelet-until-alone-panics, INVALID_ANSWER, 503"
  })
  void probeSaysWhyTheNodeCannotBeAsked(String recording, Reason reason, int status)
      throws Exception {
    try (var server = new RecordedServer(recording);
        var cluster = server.cluster()) {
      var refusal =
          assertThrows(
              RequestFailedException.class,
              () -> LogQuerySupport.probe(cluster, "rig-1", false, NOW, CALLER));
      assertEquals(reason, refusal.reason());
      assertEquals(status, refusal.status());
    }
  }

  @Test
  void journalLinesOfTheWindowAreKept() throws Exception {
    assertEquals(new Outcome.Collected(), serviceLog("kubelet", "024-nodelogs-kubelet-since"));
    var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.size() > 200, "lines: " + lines.size());
    assertTrue(lines.getFirst().startsWith("Nov 21 02:"));
    assertTrue(lines.getLast().startsWith("Nov 21 02:29:27"));
  }

  @Test
  void compressedJournalIsReadThoughItWasAskedForPlain() throws Exception {
    var plain = RecordedServer.Recording.of("023-nodelogs-kubelet-tail3");
    try (var server = new RecordedServer();
        var cluster = server.then(plain.compressed()).cluster()) {
      assertEquals(new Outcome.Collected(), log("kubelet").copyTo(cluster, out));
      assertArrayEquals(plain.body(), out.toByteArray());
      assertEquals(RequestRecord.End.COMPLETE, server.records.getLast().end());
    }
  }

  @Test
  void journalOutsideTheWindowIsEmpty() throws Exception {
    try (var server = new RecordedServer("023-nodelogs-kubelet-tail3");
        var cluster = server.cluster()) {
      var later = new TimeWindow(Instant.parse("2026-11-21T03:00:00Z"), PRESENT);
      var log = log("kubelet", later);
      assertEquals(
          new Outcome.Skipped(
              Reason.EMPTY, "the journal has no entries of kubelet in the time window"),
          log.copyTo(cluster, out));
      assertEquals(0, out.size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "025-nodelogs-kubelet-since-until-same-bug, kubelet, skipped, EMPTY",
    "035-nodelogs-unknown-service, nosuch, skipped, NOT_FOUND",
    "050-nodelogs-query-disabled, kubelet, failed, INVALID_ANSWER",
    "029-nodelogs-boot-minus1, kubelet, skipped, NOT_FOUND",
    "036-nodelogs-two-services, containerd, failed, INVALID_ANSWER"
  })
  void errorInsideA200IsNoLog(String recording, String service, String label, Reason reason)
      throws Exception {
    var outcome = serviceLog(service, recording);
    assertEquals(label, outcome.label());
    assertEquals(
        reason,
        switch (outcome) {
          case Outcome.Skipped(Reason why, _) -> why;
          case Outcome.Failed(Reason why, _) -> why;
          default -> throw new AssertionError(outcome);
        });
    assertEquals(0, out.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "030-nodelogs-boot5",
        "031-nodelogs-bad-pattern",
        "032-nodelogs-bad-since",
        "033-nodelogs-negative-tail",
        "034-nodelogs-tail-too-big",
        "037-nodelogs-five-services",
        "039-nodelogs-file-with-options",
        "040-nodelogs-file-absolute",
        "041-nodelogs-file-dotdot",
        "042-nodelogs-file-and-service"
      })
  void refusedQuestionIsInTheKubeletsWords(String recording) throws Exception {
    var refusal =
        assertThrows(RequestFailedException.class, () -> serviceLog("kubelet", recording));
    assertEquals(Reason.INVALID_ANSWER, refusal.reason());
    var body = new String(RecordedServer.Recording.of(recording).body(), StandardCharsets.UTF_8);
    assertEquals(body.strip(), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"027-nodelogs-pattern", "028-nodelogs-boot0", "044-nodelogs-unknown-option"})
  void journalLinesAreKeptAsTheyAre(String recording) throws Exception {
    assertEquals(new Outcome.Collected(), serviceLog("kubelet", recording));
    assertEquals(
        new String(RecordedServer.Recording.of(recording).body(), StandardCharsets.UTF_8),
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void oneServiceIsAskedForWithoutUntilTime() throws Exception {
    try (var server = new RecordedServer("023-nodelogs-kubelet-tail3");
        var cluster = server.cluster()) {
      log("kubelet").copyTo(cluster, out);
      assertFalse(server.asked.isEmpty());
      for (String path : server.asked) {
        assertTrue(
            path.matches("/api/v1/nodes/rig-1/proxy/logs/\\?query=kubelet&sinceTime=[^&]+"), path);
      }
    }
  }

  @Test
  void serviceWhoseLogIsAFileIsAskedForAgainWithoutOptions() throws Exception {
    var file = "I1121 02:00:00.000000 1 kubelet.go:1] Failed to do a thing\n";
    try (var server = new RecordedServer();
        var cluster = server.withoutFiles().cluster()) {
      server
          .then(
              RecordedServer.Recording.text(
                  200,
                  "text/plain;charset=UTF-8",
                  """

                  options present and query resolved to log files for [kubelet]
                  try without specifying options
                  """))
          .then(RecordedServer.Recording.text(200, "text/plain;charset=UTF-8", file));
      assertEquals(new Outcome.Collected(), log("kubelet").copyTo(cluster, out));
      assertEquals(file, out.toString(StandardCharsets.UTF_8));
      assertEquals("/api/v1/nodes/rig-1/proxy/logs/?query=kubelet", server.asked.getLast());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "066-podlog-previous, skipped, NOT_FOUND",
    "067-podlog-previous-none, skipped, NOT_FOUND",
    "068-podlog-waiting-container, skipped, EMPTY",
    "070-podlog-pending-pod, skipped, EMPTY",
    "103-node-down-podlog, failed, UNREACHABLE",
    "064-podlog-no-container-named, failed, INVALID_ANSWER",
    "065-podlog-bad-container, failed, INVALID_ANSWER"
  })
  void containerWithoutALogIsAnOutcome(String recording, String label, Reason reason)
      throws Exception {
    var outcome = containerLog(recording);
    assertEquals(label, outcome.label());
    assertEquals(
        reason,
        switch (outcome) {
          case Outcome.Skipped(Reason why, _) -> why;
          case Outcome.Failed(Reason why, _) -> why;
          default -> throw new AssertionError(outcome);
        });
    assertEquals(0, out.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"062-podlog-timestamps", "063-podlog-since-time"})
  void containerLogIsKeptAsItIs(String recording) throws Exception {
    assertEquals(new Outcome.Collected(), containerLog(recording));
    assertEquals(body(recording), out.toString(StandardCharsets.UTF_8));
  }

  /// They were recorded without `timestamps=true`, which every request has.
  @ParameterizedTest
  @ValueSource(strings = {"061-podlog-tail", "069-podlog-init", "071-podlog-limit-bytes"})
  void containerLogWithoutTimesIsKeptAndNamed(String recording) throws Exception {
    var outcome = assertInstanceOf(Outcome.Partial.class, containerLog(recording));
    assertEquals(Reason.INVALID_ANSWER, outcome.reason());
    assertEquals(body(recording), out.toString(StandardCharsets.UTF_8));
  }

  private static String body(String recording) throws Exception {
    return new String(RecordedServer.Recording.of(recording).body(), StandardCharsets.UTF_8);
  }

  private ServiceLog log(String service) {
    return log(service, WINDOW);
  }

  private ServiceLog log(String service, TimeWindow window) {
    return new ServiceLog(
        "rig-1",
        false,
        service,
        on,
        window,
        ServiceLog.Options.NONE,
        NOW,
        LogQueryTimeout.KUBELET,
        CALLER);
  }

  private Outcome serviceLog(String service, String recording) throws Exception {
    try (var server = new RecordedServer(recording);
        var cluster = server.withoutFiles().cluster()) {
      return log(service).copyTo(cluster, out);
    }
  }

  private Outcome containerLog(String recording) throws Exception {
    try (var server = new RecordedServer(recording);
        var cluster = server.cluster()) {
      return new ContainerLog(
              "shop", "web", "app", false, WINDOW_TO_LATER, OptionalInt.empty(), CALLER)
          .copyTo(cluster, out);
    }
  }

  /// The recorded logs have lines stamped within the second in which they were asked for.
  private static final TimeWindow WINDOW_TO_LATER =
      new TimeWindow(WINDOW.from(), PRESENT.plusSeconds(1));
}
