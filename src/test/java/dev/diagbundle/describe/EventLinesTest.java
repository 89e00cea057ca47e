package dev.diagbundle.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Interner;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  @Test
  void eventsOfTheNewerApiComeFirstAndRepetitionsAreCounted() throws IOException {
    var pool = new Interner();
    var events =
        List.of(
            event(
                "Later",
                "\"firstTimestamp\": \"2026-11-21T04:35:41Z\","
                    + " \"lastTimestamp\": \"2026-11-21T04:40:41Z\", \"count\": 7, \"type\": \"Normal\"",
                "n"),
            event(
                "Earlier",
                "\"firstTimestamp\": \"2026-11-21T03:55:41Z\","
                    + " \"lastTimestamp\": \"2026-11-21T03:55:41Z\", \"count\": 1, \"type\": \"Warning\"",
                "n"),
            event(
                "Series",
                "\"eventTime\": \"2026-11-21T01:45:41.000001Z\", \"type\": \"Normal\","
                    + " \"series\": {\"count\": 4, \"lastObservedTime\": \"2026-11-21T04:43:41.5Z\"}",
                "u-1"),
            event("Foreign", "\"type\": \"Normal\"", "u-2"));
    var text =
        rendered(
            new NodeDescription(
                Recording.json("{\"metadata\": {\"name\": \"n\", \"uid\": \"u-1\"}}"),
                Optional.of(List.of()),
                new LeaseResponse.Failed("x"),
                events.stream().map(event -> DescribedEvent.of(event, pool)).toList(),
                List.of()),
            Viewpoint.utc(Instant.parse("2026-11-21T04:45:41.9Z")));
    assertEquals(
        """
        Events:
          Type     Reason   Age               From     Message
          ----     ------   ----              ----     -------
          Normal   Series   2m (x4 over 3h)   kubelet  msg of Series
          Warning  Earlier  50m               kubelet  msg of Earlier
          Normal   Later    5m (x7 over 10m)  kubelet  msg of Later
        """,
        text.substring(text.indexOf("Events:")));
  }

  private static JsonNode event(String reason, String fields, String uid) {
    return Recording.json(
        """
        {"metadata": {"namespace": "default"}, "reason": "%1$s", "message": " msg of %1$s\\n", %2$s,
         "reportingComponent": "kubelet",
         "involvedObject": {"kind": "Node", "name": "n", "uid": "%3$s"}}
        """
            .formatted(reason, fields, uid));
  }

  private static String rendered(NodeDescription description, Viewpoint viewpoint)
      throws IOException {
    var out = new StringBuilder();
    description.render(out, viewpoint);
    return out.toString();
  }
}
