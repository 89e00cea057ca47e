package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.LogQueryTimeout;
import dev.diagbundle.model.ClockLead;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A journal that the kubelet hands out in its own ways: over real HTTP, one fault at a time.
final class JournalPagerTest extends JournalFixture {
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "UTC-8", "UTC+05:30", "UTC+14", "UTC-12"})
  void zoneOfTheNodeDoesNotMatter(String zone) throws Exception {
    var journal = journal(NOW.minus(Duration.ofHours(40)), Duration.ofSeconds(60), 2390);
    var outcome =
        copy((exchange, number) ->
            exchange.send(200, TYPE, since(journal, sinceTime(exchange, ZoneId.of(zone)))));
    assertEquals(new Outcome.Collected(), outcome);
    assertEquals(
        journal.stream().filter(line -> line.compareTo("Nov 21 01:14:36") >= 0).toList(),
        text().lines().map(line -> line + "\n").toList());
    assertFalse(String.join("", asked).contains("until"), "asked " + asked);
    assertTrue(asked.size() <= 3, "questions: " + asked.size());
  }

  @Test
  void zoneLearntInSummerLosesNoHourInWinter() throws Exception {
    var zone = ZoneId.of("America/New_York");
    var now = Instant.parse("2026-11-01T12:00:00Z");
    var journal = journal(now.minus(Duration.ofHours(30)), Duration.ofSeconds(60), 1800);
    Answers answers =
        (exchange, number) -> exchange.send(200, TYPE, since(journal, sinceTime(exchange, zone)));
    try (var server = server(answers);
        var cluster = cluster(server)) {
      var query =
          new LogQuerySupport(
              LogQuerySupport.State.ON,
              "",
              ClockLead.of(Duration.ZERO),
              new NodeTimeZone(),
              Optional.empty());
      window = TimeWindow.endingAt(Instant.parse("2026-11-01T04:00:00Z"), Duration.ofHours(2));
      log(query, now).copyTo(cluster, new ByteArrayOutputStream());
      assertEquals(Duration.ofHours(-4), query.zone().bound());
      window = TimeWindow.endingAt(now, Duration.ofHours(3));
      assertEquals(new Outcome.Collected(), log(query, now).copyTo(cluster, out));
    }
    assertEquals(180, text().lines().count());
  }

  @Test
  void windowOfThePastIsNotReadToThePresent() throws Exception {
    window = TimeWindow.endingAt(NOW.minus(Duration.ofHours(20)), Duration.ofHours(1));
    var journal = journal(NOW.minus(Duration.ofHours(22)), Duration.ofMillis(500), 150_000);
    assertEquals(
        new Outcome.Collected(),
        copy((exchange, number) ->
            exchange.send(200, TYPE, since(journal, sinceTime(exchange, ZoneOffset.UTC)))));
    assertEquals(7200, text().lines().count());
  }

  @Test
  void wordsOfJournalctlMakeTheLogPartial() throws Exception {
    var journal = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 100);
    var words = "Journal file /var/log/journal/x/system.journal is truncated, ignoring file.\n";
    var outcome =
        copy((exchange, number) ->
            exchange.send(200, TYPE, journal.getFirst() + words + rest(journal)));
    assertEquals(
        new Outcome.Partial(Reason.TRUNCATED, "message of the node: " + words.strip()), outcome);
    assertEquals(String.join("", journal), text());
  }

  @Test
  void onlyEntriesWithThePatternAreKeptAndTheNodeIsNotAskedToSearch() throws Exception {
    pattern = LinePattern.parse("(?i)LINE 4[0-9]$");
    var journal = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 100);
    assertEquals(
        new Outcome.Collected(),
        copy((exchange, number) -> exchange.send(200, TYPE, String.join("", journal))));
    assertEquals(String.join("", journal.subList(40, 50)), text());
    assertFalse(String.join("", asked).contains("pattern"), "asked " + asked);
  }

  @Test
  void bootIsPassedOn() throws Exception {
    boot = OptionalInt.of(-1);
    var words = "Data from the specified boot (-1) is not available: No such boot ID in journal\n";
    var outcome = copy((exchange, number) -> exchange.send(200, TYPE, words));
    assertEquals(new Outcome.Skipped(Reason.NOT_FOUND, words.strip()), outcome);
    assertTrue(asked.getFirst().contains("boot=[-1]"), asked.getFirst());
  }

  @Test
  void entryOfHundredMegabytesFlows() throws Exception {
    var head = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 1).getFirst().strip();
    var counted = new long[1];
    var sink =
        new java.io.OutputStream() {
          @Override
          public void write(int b) {
            counted[0]++;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            counted[0] += length;
          }
        };
    var block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    Answers answers =
        (exchange, number) -> {
          try (var body = exchange.chunks(200, TYPE)) {
            body.write(head.getBytes(StandardCharsets.UTF_8));
            int blocks = number == 1 ? 40 : 100;
            for (int i = 0; i < blocks; i++) {
              body.write(block);
            }
            if (number > 1) {
              body.write('\n');
            }
          }
        };
    try (var server = server(answers);
        var cluster = cluster(server)) {
      var limit = new LogQueryTimeout(Duration.ofSeconds(60), Duration.ofSeconds(50));
      var query =
          new LogQuerySupport(
              LogQuerySupport.State.ON,
              "",
              ClockLead.of(Duration.ZERO),
              new NodeTimeZone(),
              Optional.empty());
      var log =
          new ServiceLog(
              "n", false, "s", query, window, ServiceLog.Options.NONE, () -> NOW, limit, caller());
      assertEquals(new Outcome.Collected(), log.copyTo(cluster, sink));
    }
    assertEquals(head.length() + (100L << 20) + 1, counted[0]);
  }
}
