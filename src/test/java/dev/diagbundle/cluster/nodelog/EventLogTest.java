package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.WindowsNode;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventLogTest {
  private static final String FROM = "2026-11-21T00:00:00Z";
  private static final String TO = "2026-11-21T12:00:00Z";
  private static final Outcome WHOLE = new Outcome.Collected();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"-08:00", "UTC", "+05:30", "+14:00", "-12:00"})
  void windowIsThatOfTheClusterInEveryZone(String zone) throws Exception {
    var node =
        new WindowsNode(folder)
            .zone(zone)
            .event("2026-11-20T23:59:59.999Z", "before")
            .event("2026-11-21T00:00:00Z", "first")
            .event("2026-11-21T05:00:00.5Z", "middle")
            .event("2026-11-21T12:00:00Z", "last")
            .event("2026-11-21T12:00:00.5Z", "behind");
    var copied = node.copy(FROM, TO);
    assertEquals(Optional.of(WHOLE), copied.outcome());
    assertEquals(List.of("first", "middle", "last"), copied.messages());
  }

  @Test
  void unknownZoneWidensTheWindowAndSaysSo() throws Exception {
    var node =
        new WindowsNode(folder)
            .zone("-08:00")
            .unknownZone()
            .event("2026-11-21T00:00:00Z", "first")
            .event("2026-11-21T12:00:00Z", "last");
    var copied = node.copy(FROM, TO);
    assertEquals(Reason.UNSUPPORTED, partial(copied).reason());
    assertTrue(partial(copied).detail().contains("up to 14 h in either direction"));
    assertEquals(List.of("first", "last"), copied.messages());
  }

  @Test
  void tableIsCopiedWithOneHeaderAndPlainLineFeeds() throws Exception {
    var node =
        new WindowsNode(folder)
            .event("2026-11-21T10:00:01Z", 1008, "Information", "Starting service kubelet.")
            .event(
                "2026-11-21T11:00:01Z",
                1040,
                "Warning",
                "Service kube-proxy ran for less than 1500 milliseconds.\n\nRestart will be delayed.");
    var copied = node.copy("2026-11-21T05:00:00Z", TO);
    assertEquals(
        """
           ProviderName: nssm

        TimeCreated              Id LevelDisplayName Message
        -----------              -- ---------------- -------
        11/21/2026 10:00:01 AM 1008 Information      Starting service kubelet.
        11/21/2026 11:00:01 AM 1040 Warning          Service kube-proxy ran for less than 1500 milliseconds.

                                                     Restart will be delayed.
        """,
        copied.text());
    assertEquals(2, node.queries.size());
    assertEquals(
        "query=nssm&sinceTime=2026-11-21T05:00:00Z&untilTime=2026-11-21T11:00:00Z",
        node.queries.getFirst());
  }

  @Test
  void eventsOfTheSharedSecondAreNeitherDoubledNorLost() throws Exception {
    var seam = "2026-11-21T06:00:00";
    var node =
        new WindowsNode(folder)
            .event("2026-11-21T05:59:59.900Z", "a")
            .event(seam + "Z", "same")
            .event(seam + "Z", "same")
            .event(seam + "Z", "b")
            .event(seam + ".000001Z", "same")
            .event(seam + ".900Z", "same")
            .event(seam + ".950Z", "c")
            .event("2026-11-21T06:00:01Z", "d");
    var copied = node.copy(FROM, TO);
    assertEquals(List.of("a", "same", "same", "b", "same", "same", "c", "d"), copied.messages());
    assertEquals(2, node.queries.size());
  }

  @Test
  void secondWithMoreEventsThanCanBeComparedIsDoubtedOnlyWhereSlicesMeet() throws Exception {
    var node = new WindowsNode(folder);
    for (int i = 0; i < 10_001; i++) {
      node.event("2026-11-21T06:00:00Z", "same");
    }
    var doubted = node.copy(FROM, TO);
    assertEquals(Reason.INVALID_ANSWER, partial(doubted).reason());
    assertEquals(10_002, doubted.messages().size());
    var alone = node.copy("2026-11-21T05:00:00Z", TO);
    assertEquals(Optional.of(WHOLE), alone.outcome());
    assertEquals(10_001, alone.messages().size());
  }

  @Test
  void emptyLogIsEmptyAndEmptySlicesAreNoFault() throws Exception {
    var node = new WindowsNode(folder).event("2026-11-21T11:00:00Z", "late");
    assertEquals(List.of("late"), node.copy(FROM, TO).messages());
    assertEquals(
        Optional.of(
            new Outcome.Skipped(
                Reason.EMPTY, "the event log has no events of nssm in the time window")),
        node.copy("2026-11-20T00:00:00Z", FROM).outcome());
    assertEquals(Duration.ofSeconds(2), node.pauses.getFirst());
  }

  @Test
  void serviceThatIsNoProviderIsAFile() throws Exception {
    var node = new WindowsNode(folder).file("kubelet/kubelet.log", "one\n", "2026-11-21T11:00:00Z");
    assertEquals(Optional.empty(), node.copy("kubelet", FROM, TO, log -> log).outcome());
  }

  @Test
  void slowSlicesBecomeShorterUntilTheKubeletAnswersInTime() throws Exception {
    var node = new WindowsNode(folder).powerShell(Map.of("eventMicros", 3000, "limitMillis", 300));
    for (int i = 0; i < 240; i++) {
      // One event in three minutes; only 100 come in time, which are five hours.
      node.event(Instant.parse(FROM).plusSeconds(180L * i).toString(), "e" + i);
    }
    var copied = node.copy(FROM, TO);
    assertEquals(Optional.of(WHOLE), copied.outcome());
    assertEquals(240, copied.messages().size());
    assertEquals(240, copied.messages().stream().distinct().count());
    assertTrue(node.pauses.contains(WindowsNode.SHORT.cut()));
  }

  @Test
  void newestEventsOfACrowdAreTheLastResort() throws Exception {
    // Each minute alone is too much: 6,000 events in it, 5,000 in time.
    var node = new WindowsNode(folder).powerShell(Map.of("eventMicros", 60, "limitMillis", 300));
    node.event("2026-11-21T06:59:50Z", "early");
    for (int i = 0; i < 6000; i++) {
      node.event(Instant.parse("2026-11-21T07:00:00Z").plusMillis(10L * i).toString(), "e" + i);
    }
    var copied = node.copy("nssm", "2026-11-21T06:58:50Z", "2026-11-21T07:01:00Z", log -> log);
    assertEquals(Reason.TRUNCATED, partial(copied).reason());
    assertTrue(
        partial(copied)
            .detail()
            .contains("only the newest 2000 are kept: those before 11/21/2026 7:00:40 AM"),
        partial(copied).detail());
    assertEquals("e5999", copied.messages().getLast());
    assertTrue(copied.messages().contains("e4000"));
  }

  @Test
  void nodeThatNeverAnswersIsAskedThreeTimesAndTimedOut() throws Exception {
    var node =
        new WindowsNode(folder)
            .powerShell(Map.of("startMillis", 5000, "limitMillis", 300))
            .event("2026-11-21T07:00:00Z", "one");
    var copied = node.copy(FROM, TO);
    assertEquals(
        Optional.of(
            new Outcome.Failed(
                Reason.TIMED_OUT,
                "no response from the kubelet within its time limit; the events from"
                    + " 2026-11-21T00:00:00Z on are missing")),
        copied.outcome());
    assertEquals(3, node.queries.size());
    assertTrue(node.queries.get(2).endsWith("&tailLines=2000"));
    assertEquals("", copied.text());
  }

  @Test
  void textOfAnotherCodePageIsReadAsThatPageAndNamed() throws Exception {
    var node =
        new WindowsNode(folder)
            .codePage(850, "IBM850")
            .event("2026-11-21T01:00:00Z", "plain")
            .event("2026-11-21T02:00:00Z", "Größe")
            .event("2026-11-21T07:00:00Z", "ÿ├ñ");
    var copied = node.copy(FROM, TO);
    assertEquals(List.of("plain", "Größe", "ÿ├ñ"), copied.messages());
    assertEquals(
        Optional.of(new Outcome.Collected("the text is not UTF-8 and was read as code page 850")),
        copied.outcome());
  }

  @Test
  void textOfAWronglyAssumedPageCanBeTurnedBack() throws Exception {
    var node =
        new WindowsNode(folder).codePage(437, "IBM850").event("2026-11-21T01:00:00Z", "ÅÐØß");
    var copied = node.copy(FROM, TO);
    var bytes = copied.messages().getFirst().getBytes(java.nio.charset.Charset.forName("IBM437"));
    assertEquals("ÅÐØß", new String(bytes, java.nio.charset.Charset.forName("IBM850")));
  }

  @Test
  void columnsThatChangeAreNamedAgain() throws Exception {
    var node =
        new WindowsNode(folder)
            .event("2026-11-21T01:00:00Z", "a")
            .event("2026-11-21T10:00:00Z", "b");
    var text = node.copy(FROM, TO).text();
    assertEquals(2, text.lines().filter(line -> line.startsWith("TimeCreated")).count());
    assertEquals(2, text.lines().filter(String::isEmpty).count() - 1);
  }

  @Test
  void nothingIsAskedOfTheFuture() throws Exception {
    var node = new WindowsNode(folder).event("2026-11-21T11:00:00Z", "a");
    node.copy(FROM, "2026-12-21T00:00:00Z");
    assertTrue(node.queries.getLast().endsWith("untilTime=2026-11-21T12:01:00Z"));
  }

  private static Outcome.Partial partial(WindowsNode.Copied copied) {
    return (Outcome.Partial) copied.outcome().orElseThrow();
  }
}
