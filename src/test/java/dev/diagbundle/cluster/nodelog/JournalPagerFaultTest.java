package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.testing.VirtualTicker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Nodes that are broken, old or hostile, over real HTTP: what is asked of them stays little, and
/// the outcome says what is missing.
@Tag("fault")
final class JournalPagerFaultTest extends FaultyJournalFixture {
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
    assertEquals(
        new Outcome.Partial(Reason.TRUNCATED, "message of the node: " + words.strip()), outcome);
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

  @Test
  void patternThatMatchesNothingIsNotTakenForAnEmptyJournal() throws Exception {
    pattern = LinePattern.parse("nowhere");
    var journal = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 10);
    var outcome =
        copy((exchange, number) -> exchange.send(200, TYPE, since(journal, exchange, "UTC")));
    assertEquals(
        new Outcome.Skipped(
            Reason.EMPTY, "no entry of kubelet in the time window matches the pattern"),
        outcome);
  }

  @ParameterizedTest
  @EnumSource
  void endOfTheRunEndsTheWalkAtOnceAndAsksNothingMore(Waiting waiting) throws Exception {
    var reached = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    if (waiting == Waiting.BETWEEN_TWO_QUESTIONS) {
      ticker =
          new VirtualTicker() {
            @Override
            public void sleep(Duration length) throws InterruptedException {
              reached.countDown();
              never.await();
            }
          };
    }
    var journal = journal(NOW.minusSeconds(600), Duration.ofSeconds(1), 100);
    zone.endAssumption();
    try (var server =
            server((exchange, number) -> {
              if (number == 1) {
                try (var chunks = exchange.chunks(200, TYPE)) {
                  chunks.write((String.join("", journal) + "Nov").getBytes(StandardCharsets.UTF_8));
                }
                return;
              }
              if (waiting == Waiting.FOR_MORE_OF_AN_ANSWER) {
                var chunks = exchange.chunks(200, TYPE);
                chunks.write(journal.get(0).getBytes(StandardCharsets.UTF_8));
                chunks.flush();
              }
              reached.countDown();
              never.await();
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
      reached.await();
      int before = questions();
      thread.interrupt();
      ended.get();
      thread.join();
      assertEquals(before, questions());
      assertTrue(text().lines().count() >= 98, "what came is written");
    }
  }
}
