package dev.diagbundle.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.model.Interner;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventTableTest {
  // Within the two seconds in which the recording was made, the time that fits all its ages.
  private static final Instant NOW = Instant.parse("2026-11-21T04:45:43.970Z");

  // Controllers repeated these at 04:45:41, after the objects were recorded and before the table.
  private static final Set<String> REPEATED =
      Set.of("FailedGetResourceMetric", "FailedComputeMetricsReplicas", "ProvisioningFailed");

  @Test
  void recordedEventsReadAsInKubectl() throws IOException {
    var recording = new Recording("1.36");
    var out = new StringBuilder();
    var events = recording.events().stream().map(EventTableTest::asInTheTable).toList();
    new EventTable(events, true).render(out, Viewpoint.utc(NOW));
    assertEquals(recording.text("events.txt.gz"), out.toString());
  }

  @Test
  void linesOfAMessageStayInTheirColumn() throws IOException {
    var event =
        event(
            "{\"type\": \"Warning\", \"reason\": \"Back\\nOff\", \"count\": 2,"
                + " \"firstTimestamp\": \"2026-11-21T04:35:43Z\","
                + " \"lastTimestamp\": \"2026-11-21T04:40:43Z\","
                + " \"involvedObject\": {\"kind\": \"Pod\", \"name\": \"a\\tb\"},"
                + " \"message\": \"first\\nshop  1s  Normal\\u001b[2J\"}");
    assertEquals(
        """
        LAST SEEN          TYPE      REASON     OBJECT    MESSAGE
        5m (x2 over 10m)   Warning   Back Off   Pod/a b   first
                                                          shop  1s  Normal^[[2J
        """,
        rendered(List.of(event)));
  }

  @Test
  void theOrderIsThatOfTheLastSight() throws IOException {
    var series = "{\"count\": 2, \"lastObservedTime\": \"2026-11-21T04:45:00Z\"}";
    var events =
        List.of(
            event(
                "{\"reason\": \"c\", \"eventTime\": \"2026-11-21T03:45:00.5Z\", \"series\": "
                    + series
                    + "}"),
            event(
                "{\"reason\": \"b\", \"firstTimestamp\": \"2026-11-21T02:45:00Z\","
                    + " \"lastTimestamp\": \"2026-11-21T04:30:00Z\"}"),
            event("{\"reason\": \"a\", \"eventTime\": \"2026-11-21T04:15:00.5Z\"}"),
            event("{\"reason\": \"never\"}"));
    assertEquals(
        """
        LAST SEEN           TYPE   REASON   OBJECT   MESSAGE
        <unknown>                  never    /@@@@@@@@
        30m                        a        /@@@@@@@@
        120m                       b        /@@@@@@@@
        43s (x2 over 60m)          c        /@@@@@@@@
        """
            .replace('@', ' '),
        rendered(events));
  }

  @Test
  void noEventsLeaveTheHeader() throws IOException {
    assertEquals("LAST SEEN   TYPE   REASON   OBJECT   MESSAGE\n", rendered(List.of()));
  }

  private static String rendered(List<DescribedEvent> events) throws IOException {
    var out = new StringBuilder();
    new EventTable(events, false).render(out, Viewpoint.utc(NOW));
    return out.toString();
  }

  private static DescribedEvent event(String json) {
    return DescribedEvent.of(Recording.json(json), new Interner());
  }

  private static DescribedEvent asInTheTable(DescribedEvent event) {
    return REPEATED.contains(event.reason()) ? Recording.repeated(event) : event;
  }
}
