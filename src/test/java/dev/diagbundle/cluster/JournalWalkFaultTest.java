package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nodes that are broken, old or hostile, over real HTTP: what is asked of them stays little, and
/// the outcome says what is missing.
@Timeout(60)
final class JournalWalkFaultTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:14:36Z");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSSSSS", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String TYPE = "text/plain;charset=UTF-8";

  private static final String OLD_HEADER =
      "-- Logs begin at Fri 2026-11-20 11:00:00 EST, end at Fri 2026-11-20 22:14:36 EST. --\n";

  private final List<Exchange> asked = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final NodeZone zone = new NodeZone();
  private TimeWindow window = TimeWindow.endingAt(NOW, Duration.ofHours(2));
  private InstantSource clock = InstantSource.fixed(NOW);
  private LogQuery.State state = LogQuery.State.ON;
  private Duration skew = Duration.ZERO;
  private Optional<LinePattern> pattern = Optional.empty();
  private QueryLimit limit = new QueryLimit(Duration.ofMillis(250), Duration.ofMillis(200));

  /// Answers one question after the other.
  private interface Answers {
    void answer(Exchange exchange, int number) throws IOException, InterruptedException;
  }

  @Test
  void zoneSearchEndsAlsoIfTheAnswersContradictEachOther() throws Exception {
    var entry = NOW.minusSeconds(3600);
    narrow(
        entry,
        (exchange, number) ->
            exchange.send(
                200,
                TYPE,
                line(number == 1 ? entry.plusSeconds(9) : entry.minus(Duration.ofHours(20)), "x")));
    assertTrue(asked.size() <= 12, "questions: " + asked.size());
  }

  @Test
  void zoneSearchEndsAlsoIfTheNodesZoneChangedMeanwhile() throws Exception {
    // Learnt from a question about winter, then one about summer, then one about summer again.
    zone.below(Duration.ofMinutes(-285));
    zone.atLeast(Duration.ofHours(-4));
    var entry = NOW.minusSeconds(3600);
    narrow(
        entry,
        (exchange, number) ->
            exchange.send(200, TYPE, line(entry.minus(Duration.ofMinutes(14)), "x")));
    assertTrue(asked.size() <= 12, "questions: " + asked.size());
  }

  @Test
  void zoneIsFoundAlsoOnNodesWhoseJournalctlBeginsWithAHeader() throws Exception {
    var journal = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 500);
    var entry = NOW.minusSeconds(300);
    narrow(
        entry,
        (exchange, number) ->
            exchange.send(200, TYPE, OLD_HEADER + since(journal, exchange, "UTC+01:00")));
    assertEquals(Duration.ofHours(1), zone.bound());
  }

  @Test
  void failedQuestionAboutTheZoneDoesNotEndTheLog() throws Exception {
    var journal = journal(NOW.minusSeconds(7500), Duration.ofSeconds(1), 7000);
    zone.atLeast(Duration.ofHours(-11));
    var outcome =
        copy((exchange, number) -> {
          if (number == 2) {
            exchange.sendError(500, "error");
            return;
          }
          exchange.send(200, TYPE, since(journal, exchange, "UTC+03:00"));
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertEquals(6700, text().lines().count());
  }

  @Test
  void hourThatDaylightSavingHidesIsAskedForAlsoBelowAHeader() throws Exception {
    zone.atLeast(Duration.ofHours(-4));
    var journal = journal(NOW.minusSeconds(7100), Duration.ofSeconds(1), 60);
    var outcome =
        copy((exchange, number) ->
            exchange.send(200, TYPE, OLD_HEADER + since(journal, exchange, "UTC-05:00")));
    assertEquals(new Outcome.Collected(), outcome);
    assertEquals(String.join("", journal), text());
  }

  @Test
  void questionThatReachesOpenShiftsKubeletLateLosesNoLine() throws Exception {
    state = LogQuery.State.ON_OPENSHIFT;
    long began = System.nanoTime();
    // A hundred times as fast as real time.
    clock = () -> NOW.plusNanos(100 * (System.nanoTime() - began));
    var journal = journal(NOW.minus(Duration.ofHours(3)), Duration.ofSeconds(1), 3 * 3600);
    var outcome =
        copy((exchange, number) -> {
          if (number == 1) {
            Thread.sleep(150);
          }
          var since =
              exchange.request().query().first("since").orElseThrow().replaceAll("[-s]", "");
          exchange.send(
              200, TYPE, since(journal, clock.instant().minusSeconds(Long.parseLong(since))));
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertEquals(7200, text().lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "   <html><body>gateway</body></html>\n", "gateway says hello\n"})
  void answerThatIsNoJournalIsAFailure(String body) throws Exception {
    var outcome = copy((exchange, number) -> exchange.send(200, TYPE, body));
    assertInstanceOf(Outcome.Failed.class, outcome);
    assertEquals(Optional.of(Reason.INVALID_ANSWER), outcome.why());
    assertTrue(asked.size() <= 2, "questions: " + asked.size());
  }

  @Test
  void entriesBehindWordsOfJournalctlAreKept() throws Exception {
    var journal = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 10);
    var words = "Failed to iterate through journal: Bad message\n";
    var outcome =
        copy((exchange, number) -> exchange.send(200, TYPE, words + String.join("", journal)));
    assertEquals(new Outcome.Partial(Reason.TRUNCATED, "the node said: " + words.strip()), outcome);
    assertEquals(String.join("", journal), text());
  }

  @Test
  void entryThatIsNeverWholeDoesNotSwallowTheBeginningOfTheNext() throws Exception {
    var before = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 10);
    var after = journal(NOW.minusSeconds(500), Duration.ofSeconds(1), 10);
    var longLine = line(NOW.minusSeconds(591).plusMillis(500), "y".repeat(400_000));
    var all = new ArrayList<>(before);
    all.add(longLine);
    all.addAll(after);
    var outcome =
        copy((exchange, number) -> {
          var body = since(all, exchange, "UTC");
          int at = body.indexOf("yyy");
          if (at < 0) {
            exchange.send(200, TYPE, body);
            return;
          }
          try (var chunks = exchange.chunks(200, TYPE)) {
            chunks.write(body.substring(0, at + 300_000).getBytes(StandardCharsets.UTF_8));
          }
        });
    assertEquals(Optional.of(Reason.TRUNCATED), outcome.why());
    assertTrue(text().startsWith(String.join("", before)));
    assertTrue(text().endsWith("\n" + String.join("", after)), "the next entry has its own line");
  }

  @Test
  void kubeletWhoseAnswersBreakOffAtOnceForeverIsLeftAlone() throws Exception {
    var lines = new ArrayList<>(journal(NOW.minusSeconds(3600), Duration.ofSeconds(1), 70));
    var outcome =
        copy((exchange, number) -> {
          assertTrue(number < 5000, "too many questions");
          int second = number % 2 == 0 ? 0 : 2;
          lines.add(line(NOW.minusSeconds(3000 + second), "again " + number));
          try (var chunks = exchange.chunks(200, TYPE)) {
            chunks.write((String.join("", lines) + "Nov").getBytes(StandardCharsets.UTF_8));
          }
        });
    assertEquals(Optional.of(Reason.TRUNCATED), outcome.why());
    assertTrue(asked.size() <= 1020, "questions: " + asked.size());
  }

  @Test
  void kubeletThatIgnoresTheStartIsAskedLittle() throws Exception {
    var journal = journal(NOW.minus(Duration.ofDays(20)), Duration.ofSeconds(60), 9000);
    var outcome =
        copy((exchange, number) -> {
          try (var chunks = exchange.chunks(200, TYPE)) {
            chunks.write(String.join("", journal).getBytes(StandardCharsets.UTF_8));
            chunks.write("Nov".getBytes(StandardCharsets.UTF_8));
          }
        });
    assertEquals(Optional.of(Reason.TRUNCATED), outcome.why());
    assertTrue(asked.size() <= 30, "questions: " + asked.size());
  }

  @ParameterizedTest
  @CsvSource({"PT24H", "PT-24H", "PT5M", "PT-5M"})
  void nodeWhoseClockIsWrongGivesItsEntriesOfTheWindow(Duration ahead) throws Exception {
    skew = ahead;
    var journal =
        journal(NOW.minus(Duration.ofHours(30)).plus(ahead), Duration.ofSeconds(10), 30 * 360);
    var outcome =
        copy((exchange, number) -> exchange.send(200, TYPE, since(journal, exchange, "UTC")));
    assertInstanceOf(Outcome.Collected.class, outcome);
    assertEquals(String.join("", journal.subList(28 * 360, 30 * 360)), text());
  }

  @Test
  void patternThatMatchesNothingIsNotTakenForAnEmptyJournal() throws Exception {
    pattern = LinePattern.parse("nowhere");
    var journal = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 10);
    var outcome =
        copy((exchange, number) -> exchange.send(200, TYPE, since(journal, exchange, "UTC")));
    assertEquals(
        new Outcome.Skipped(Reason.EMPTY, "no entry of kubelet in the window matches the pattern"),
        outcome);
  }

  /// Where the walk is when the run is ended.
  enum Waiting {
    FOR_AN_ANSWER,
    FOR_MORE_OF_AN_ANSWER,
    BETWEEN_TWO_QUESTIONS
  }

  @ParameterizedTest
  @EnumSource
  void endOfTheRunEndsTheWalkAtOnceAndAsksNothingMore(Waiting waiting) throws Exception {
    limit = new QueryLimit(Duration.ofSeconds(20), Duration.ofSeconds(1));
    var journal = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 100);
    try (var server =
            server((exchange, number) -> {
              if (number == 1) {
                try (var chunks = exchange.chunks(200, TYPE)) {
                  chunks.write((String.join("", journal) + "Nov").getBytes(StandardCharsets.UTF_8));
                }
                return;
              }
              if (waiting == Waiting.FOR_AN_ANSWER) {
                Thread.sleep(30_000);
              }
              try (var chunks = exchange.chunks(200, TYPE)) {
                if (waiting == Waiting.FOR_MORE_OF_AN_ANSWER) {
                  chunks.write(journal.get(0).getBytes(StandardCharsets.UTF_8));
                  chunks.flush();
                  Thread.sleep(30_000);
                }
                Thread.sleep(1100);
              }
            });
        var cluster = cluster(server)) {
      var ended = new CompletableFuture<Throwable>();
      var thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  log().copyTo(cluster, out);
                  ended.completeExceptionally(new AssertionError("ended by itself"));
                } catch (IOException | InterruptedException e) {
                  ended.complete(e);
                }
              });
      while (questions() < 2) {
        Thread.sleep(20);
      }
      Thread.sleep(waiting == Waiting.BETWEEN_TWO_QUESTIONS ? 2500 : 500);
      int before = questions();
      thread.interrupt();
      ended.get(1, TimeUnit.SECONDS);
      Thread.sleep(300);
      assertEquals(before, questions());
      assertTrue(text().lines().count() >= 98, "what came is written");
    }
  }

  private int questions() {
    synchronized (asked) {
      return asked.size();
    }
  }

  private Outcome copy(Answers answers) throws Exception {
    try (var server = server(answers);
        var cluster = cluster(server)) {
      return log().copyTo(cluster, out);
    }
  }

  private void narrow(Instant entry, Answers answers) throws Exception {
    try (var server =
            server((exchange, number) -> {
              assertTrue(number < 500, "too many questions");
              answers.answer(exchange, number);
            });
        var cluster = cluster(server)) {
      new ZoneSearch(log()).narrow(cluster, entry);
    }
  }

  private ServiceLog log() {
    return new ServiceLog(
        "rig-1",
        false,
        "kubelet",
        new LogQuery(state, "", skew, zone, Optional.empty()),
        window,
        new ServiceLog.Options(OptionalInt.empty(), pattern, CodePage.USUAL, Long.MAX_VALUE),
        clock,
        limit,
        new Caller("item", "rig-1", 0));
  }

  private DemoClusterFixture server(Answers answers) throws IOException {
    Handler handler =
        exchange -> {
          int number;
          synchronized (asked) {
            asked.add(exchange);
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

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String line(Instant time, String message) {
    return STAMP.format(time) + " rig-1 kubelet[1]: " + message + "\n";
  }

  private static List<String> journal(Instant first, Duration step, int count) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      lines.add(line(first.plus(step.multipliedBy(i)), "line " + i));
    }
    return lines;
  }

  private static String since(List<String> journal, Exchange exchange, String zone) {
    var text = exchange.request().query().first("sinceTime").orElseThrow();
    var wallClock = OffsetDateTime.parse(text).toLocalDateTime();
    return since(journal, wallClock.atZone(ZoneId.of(zone)).toInstant());
  }

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
}
