package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Outcome;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a walk makes of nodes whose zone or clock cannot be learnt in peace.
@Tag("fault")
final class JournalZoneFaultTest extends FaultyJournalFixture {
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
    state = LogQuerySupport.State.ON_OPENSHIFT;
    clock = () -> NOW.plusNanos(ticker.nanos());
    var journal = journal(NOW.minus(Duration.ofHours(3)), Duration.ofSeconds(1), 3 * 3600);
    var outcome =
        copy((exchange, number) -> {
          if (number == 1) {
            ticker.advance(Duration.ofSeconds(15));
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
}
