package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Answers that are cut before their end.
final class WindowFilterTest extends JournalFixture {
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

  @Test
  void clockThatWentBackBehindACutMakesTheLogPartial() throws Exception {
    var before = journal(NOW.minusSeconds(1200), Duration.ofMillis(50), 3000);
    var after = journal(NOW.minusSeconds(1150), Duration.ofMillis(50), 8000);
    var both = new ArrayList<>(before);
    both.addAll(after);
    var outcome =
        copy((exchange, number) -> {
          var body = since(both, sinceTime(exchange, ZoneOffset.UTC));
          // The first query is only about the time zone.
          if (number <= 2) {
            cut(exchange, body.substring(0, 2900 * 60), Cut.MIDDLE_OF_A_LINE);
          } else {
            exchange.send(200, TYPE, body);
          }
        });
    assertInstanceOf(Outcome.Partial.class, outcome);
    assertTrue(outcome.words().contains("clock was set back"), outcome.words());
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
            RequestFailedException.class,
            () -> copy((exchange, number) -> cut(exchange, "", Cut.BEFORE_THE_FIRST_BYTE)));
    assertEquals(Reason.TIMED_OUT, failure.reason());
    assertEquals(2, asked.size());
  }
}
