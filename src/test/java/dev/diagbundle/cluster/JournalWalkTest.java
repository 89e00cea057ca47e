package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.Exchange;
import dev.diagbundle.serve.Handler;
import dev.diagbundle.serve.ReplayOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A journal that the kubelet hands out in its own ways: over real HTTP, one fault at a time.
final class JournalWalkTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:14:36Z");
  private static final QueryLimit LIMIT =
      new QueryLimit(Duration.ofMillis(250), Duration.ofMillis(200));
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSSSSS", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String TYPE = "text/plain;charset=UTF-8";

  private final List<String> asked = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private TimeWindow window = TimeWindow.endingAt(NOW, Duration.ofHours(2));
  private Optional<LinePattern> pattern = Optional.empty();
  private OptionalInt boot = OptionalInt.empty();

  /// How an answer ends before its end.
  enum Cut {
    MIDDLE_OF_A_LINE,
    MIDDLE_OF_A_STAMP,
    END_OF_A_LINE,
    BEFORE_THE_FIRST_BYTE,
    RESET,
    MISSING_LAST_CHUNK,
    IN_WORDS
  }

  @ParameterizedTest
  @EnumSource
  void answerThatIsCutIsTakenUpWhereItEnded(Cut cut) throws Exception {
    var journal = journal(NOW.minusSeconds(3600), Duration.ofSeconds(2), 900);
    var outcome =
        copy((exchange, number) -> {
          var body = since(journal, sinceTime(exchange, ZoneOffset.UTC));
          if (number == 3) {
            cut(exchange, body, cut);
          } else {
            exchange.send(200, TYPE, body);
          }
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertEquals(String.join("", journal), text());
  }

  @Test
  void journalOfManyCutAnswersIsWhole() throws Exception {
    var journal = journal(NOW.minusSeconds(3600), Duration.ofMillis(700), 5000);
    var outcome =
        copy((exchange, number) -> {
          var body = since(journal, sinceTime(exchange, ZoneOffset.UTC));
          if (body.length() > 40_000) {
            cut(exchange, body.substring(0, 40_000), Cut.MIDDLE_OF_A_LINE);
          } else {
            exchange.send(200, TYPE, body);
          }
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertEquals(String.join("", journal), text());
    assertTrue(asked.size() > 8, "questions: " + asked.size());
  }

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
          new LogQuery(LogQuery.State.ON, "", Duration.ZERO, new NodeZone(), Optional.empty());
      window = TimeWindow.endingAt(Instant.parse("2026-11-01T04:00:00Z"), Duration.ofHours(2));
      log(query, now).copyTo(cluster, new ByteArrayOutputStream());
      assertEquals(Duration.ofHours(-4), query.zone().bound());
      window = TimeWindow.endingAt(now, Duration.ofHours(3));
      assertEquals(new Outcome.Collected(), log(query, now).copyTo(cluster, out));
    }
    assertEquals(180, text().lines().count());
  }

  @Test
  void clockThatWentBackBehindACutMakesTheLogPartial() throws Exception {
    var before = journal(NOW.minusSeconds(1200), Duration.ofMillis(50), 3000);
    var after = journal(NOW.minusSeconds(1150), Duration.ofMillis(50), 8000);
    var both = new ArrayList<>(before);
    both.addAll(after);
    var outcome =
        copy((exchange, number) -> {
          var body = since(both, sinceTime(exchange, ZoneOffset.UTC));
          if (number == 1) {
            cut(exchange, body.substring(0, 2900 * 60), Cut.MIDDLE_OF_A_LINE);
          } else {
            exchange.send(200, TYPE, body);
          }
        });
    assertInstanceOf(Outcome.Partial.class, outcome);
    assertTrue(outcome.words().contains("clock went back"), outcome.words());
  }

  @Test
  void secondThatNoAnswerGetsBeyondIsNamedAndPassedOver() throws Exception {
    var burst = journal(NOW.minusSeconds(1200), Duration.ofMillis(1), 900);
    var later = journal(NOW.minusSeconds(1100), Duration.ofSeconds(1), 1000);
    var both = new ArrayList<>(burst);
    both.addAll(later);
    var outcome =
        copy((exchange, number) -> {
          var body = since(both, sinceTime(exchange, ZoneOffset.UTC));
          if (body.startsWith(burst.getFirst())) {
            cut(exchange, body.substring(0, 20_000), Cut.MIDDLE_OF_A_LINE);
          } else {
            exchange.send(200, TYPE, body);
          }
        });
    assertEquals(Optional.of(Reason.TRUNCATED), outcome.why());
    assertTrue(text().endsWith(String.join("", later)));
    var first = String.join("", burst.subList(0, 150));
    assertEquals(first, text().substring(0, first.length()));
  }

  @Test
  void nodeThatIsTooSlowForALineIsAskedTwice() throws Exception {
    var failure =
        org.junit.jupiter.api.Assertions.assertThrows(
            RefusedException.class,
            () -> copy((exchange, number) -> cut(exchange, "", Cut.BEFORE_THE_FIRST_BYTE)));
    assertEquals(Reason.TIMED_OUT, failure.reason());
    assertEquals(2, asked.size());
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
    assertEquals(new Outcome.Partial(Reason.TRUNCATED, "the node said: " + words.strip()), outcome);
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
      var limit = new QueryLimit(Duration.ofSeconds(60), Duration.ofSeconds(50));
      var query =
          new LogQuery(LogQuery.State.ON, "", Duration.ZERO, new NodeZone(), Optional.empty());
      var log =
          new ServiceLog(
              "n", false, "s", query, window, ServiceLog.Options.NONE, () -> NOW, limit, caller());
      assertEquals(new Outcome.Collected(), log.copyTo(cluster, sink));
    }
    assertEquals(head.length() + (100L << 20) + 1, counted[0]);
  }

  /// Answers one question after the other.
  private interface Answers {
    void answer(Exchange exchange, int number) throws IOException, InterruptedException;
  }

  private Outcome copy(Answers answers) throws Exception {
    try (var server = server(answers);
        var cluster = cluster(server)) {
      var query =
          new LogQuery(LogQuery.State.ON, "", Duration.ZERO, new NodeZone(), Optional.empty());
      return log(query, NOW).copyTo(cluster, out);
    }
  }

  private ServiceLog log(LogQuery query, Instant now) {
    return new ServiceLog(
        "rig-1",
        false,
        "kubelet",
        query,
        window,
        new ServiceLog.Options(boot, pattern, CodePage.USUAL, Long.MAX_VALUE),
        InstantSource.fixed(now),
        LIMIT,
        caller());
  }

  private static Caller caller() {
    return new Caller("item", "rig-1", 0);
  }

  private DemoClusterFixture server(Answers answers) throws IOException {
    Handler handler =
        exchange -> {
          int number;
          synchronized (asked) {
            asked.add(exchange.request().query().values().toString());
            number = asked.size();
          }
          answers.answer(exchange, number);
        };
    return DemoClusterFixture.start(
        ReplayOptions.defaults().withInterceptor(request -> Optional.of(handler)));
  }

  private static Cluster cluster(DemoClusterFixture server) throws Exception {
    return KubeConnection.anonymous("fake", server.url().toString())
        .open(Clock.systemUTC(), "test", request -> {});
  }

  private static void cut(Exchange exchange, String body, Cut cut)
      throws IOException, InterruptedException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var out = exchange.chunks(200, TYPE);
    int middle = bytes.length / 2;
    int lineEnd = body.indexOf('\n', middle) + 1;
    switch (cut) {
      case MIDDLE_OF_A_LINE -> out.write(bytes, 0, lineEnd == 0 ? middle : lineEnd - 7);
      case MIDDLE_OF_A_STAMP -> out.write(bytes, 0, lineEnd + 9);
      case END_OF_A_LINE, IN_WORDS -> {
        out.write(bytes, 0, lineEnd);
        if (cut == Cut.IN_WORDS) {
          out.write(
              "\ncontext error: context deadline exceeded\n".getBytes(StandardCharsets.UTF_8));
        }
        Thread.sleep(LIMIT.cut());
      }
      case BEFORE_THE_FIRST_BYTE -> Thread.sleep(LIMIT.cut());
      case RESET -> {
        out.write(bytes, 0, middle);
        out.flush();
        exchange.reset();
        return;
      }
      case MISSING_LAST_CHUNK -> {
        out.write(bytes, 0, middle);
        exchange.cut();
        return;
      }
    }
    out.close();
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<String> journal(Instant first, Duration step, int count) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var time = STAMP.format(first.plus(step.multipliedBy(i)));
      lines.add(time + " rig-1 kubelet[1]: line " + i + "\n");
    }
    return lines;
  }

  private static String rest(List<String> journal) {
    return String.join("", journal.subList(1, journal.size()));
  }

  /// All entries from then on, in the journal's order.
  private static String since(List<String> journal, Instant since) {
    var stamps = new JournalStamp(NOW);
    var text = new StringBuilder();
    for (String line : journal) {
      var bytes = line.getBytes(StandardCharsets.UTF_8);
      if (stamps.micros(bytes, 0, bytes.length) >= JournalStamp.micros(since)) {
        text.append(line);
      }
    }
    return text.isEmpty() ? "-- No entries --\n" : text.toString();
  }

  private static Instant sinceTime(Exchange exchange, ZoneId zone) {
    var text = exchange.request().query().first("sinceTime").orElseThrow();
    var wallClock = OffsetDateTime.parse(text).toLocalDateTime();
    return wallClock.atZone(zone).toInstant();
  }
}
