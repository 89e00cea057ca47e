package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.cluster.nodelog.NodeTimeZone.Certainty;
import dev.diagbundle.model.ClockLead;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.TimeWindow;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The search for the zone of a node on journals of all ages: no line of the window is lost, and
/// what is said of the zone is true.
final class NodeTimeZoneTest extends JournalFixture {
  private NodeTimeZone zone = new NodeTimeZone();

  /// Collects the log of a service from a journal with an entry each minute, or less often.
  ///
  /// @return number of queries
  private int collect(String zoneId, Duration age, Duration step) throws Exception {
    int before = asked.size();
    int count = (int) age.dividedBy(step);
    var journal = journal(NOW.minus(step.multipliedBy(count)), step, count);
    out.reset();
    Answers answers =
        (exchange, number) ->
            exchange.send(200, TYPE, since(journal, sinceTime(exchange, ZoneId.of(zoneId))));
    Outcome outcome;
    try (var server = server(answers);
        var cluster = cluster(server)) {
      var query =
          new LogQuerySupport(
              LogQuerySupport.State.ON, "", ClockLead.of(Duration.ZERO), zone, Optional.empty());
      outcome = log(query, NOW).copyTo(cluster, out);
    }
    var from = STAMP.format(window.from());
    var wanted = journal.stream().filter(line -> line.compareTo(from) >= 0).toList();
    assertEquals(
        wanted, text().lines().map(line -> line + "\n").toList(), zoneId + " asked " + asked);
    assertEquals(
        wanted.isEmpty() ? "skipped" : "collected", outcome.label(), zoneId + " " + outcome);
    return asked.size() - before;
  }

  @ParameterizedTest
  @CsvSource({
    // zone, age of the journal, offset that is said, certainty, queries
    "UTC, PT40H, PT0S, LIKELY, 1",
    "UTC, PT11H, PT0S, LIKELY, 1",
    "UTC, PT2H30M, PT0S, LIKELY, 1",
    "UTC, PT1H, PT-1H, AT_LEAST, 2",
    "UTC, PT1M, PT-2H, AT_LEAST, 2",
    "UTC+05:30, PT40H, PT5H30M, LIKELY, 2",
    "UTC+05:30, PT11H, PT5H30M, LIKELY, 2",
    "UTC+05:30, PT5H, PT5H30M, LIKELY, 3",
    "UTC+05:30, PT1H, PT-1H, AT_LEAST, 2",
    "UTC-08:00, PT40H, PT-8H, LIKELY, 3",
    "UTC-08:00, PT11H, PT-8H, LIKELY, 3",
    "UTC-08:00, PT1H, PT-12H, UNKNOWN, 2",
    "Europe/Berlin, PT11H, PT1H, LIKELY, 2",
    "America/New_York, PT11H, PT-5H, LIKELY, 3"
  })
  void utcIsTriedFirstAndOnlyWhatIsKnownIsSaid(
      String zoneId, Duration age, Duration offset, Certainty certainty, int queries)
      throws Exception {
    int asked = collect(zoneId, age, Duration.ofMinutes(1));
    assertEquals(
        List.of(offset, certainty, queries), List.of(zone.bound(), zone.certainty(), asked));
  }

  @ParameterizedTest
  @CsvSource({"UTC", "UTC+05:30", "UTC-08:00", "UTC+14", "UTC-12", "America/New_York"})
  void noLineIsLostInAnyZoneOnJournalsOfAnyAge(String zoneId) throws Exception {
    for (var step : List.of(Duration.ofMinutes(1), Duration.ofMinutes(50), Duration.ofHours(7))) {
      for (int hours : List.of(0, 1, 2, 3, 7, 11, 13, 15, 30)) {
        zone = new NodeTimeZone();
        collect(zoneId, Duration.ofHours(hours), step);
      }
    }
  }

  @Test
  void otherServicesOfANodeCostOneQueryEach() throws Exception {
    for (String zoneId : List.of("UTC", "UTC+05:30", "UTC-08:00")) {
      for (int hours : List.of(1, 3, 11, 40)) {
        zone = new NodeTimeZone();
        collect(zoneId, Duration.ofHours(hours), Duration.ofMinutes(1));
        assertEquals(1, collect(zoneId, Duration.ofHours(hours), Duration.ofMinutes(1)), zoneId);
        assertEquals(1, collect(zoneId, Duration.ZERO, Duration.ofMinutes(1)), zoneId);
      }
    }
  }

  @Test
  void changeOfDaylightSavingLosesNoLine() throws Exception {
    // On 1 November 2026 at 06:00 UTC, New York goes from -04:00 to -05:00.
    var newYork = ZoneId.of("America/New_York");
    for (int hour = 0; hour < 16; hour++) {
      var now = Instant.parse("2026-11-01T00:00:00Z").plus(Duration.ofHours(hour));
      for (int age : List.of(3, 6, 11, 40)) {
        zone = new NodeTimeZone();
        var journal = journal(now.minus(Duration.ofHours(age)), Duration.ofMinutes(1), age * 60);
        window = TimeWindow.endingAt(now, Duration.ofHours(2));
        Answers answers =
            (exchange, number) ->
                exchange.send(200, TYPE, since(journal, sinceTime(exchange, newYork)));
        try (var server = server(answers);
            var cluster = cluster(server)) {
          var query =
              new LogQuerySupport(
                  LogQuerySupport.State.ON,
                  "",
                  ClockLead.of(Duration.ZERO),
                  zone,
                  Optional.empty());
          for (int service = 0; service < 2; service++) {
            var lines = new ByteArrayOutputStream();
            log(query, now).copyTo(cluster, lines);
            assertEquals(
                120,
                lines.toString(java.nio.charset.StandardCharsets.UTF_8).lines().count(),
                hour + " h, age " + age);
          }
        }
      }
    }
  }
}
