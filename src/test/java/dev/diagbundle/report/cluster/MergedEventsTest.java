package dev.diagbundle.report.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class MergedEventsTest {
  @Test
  void eventsOfPodsWithShortNamesAreOneRow() throws Exception {
    var events = new MergedEvents();
    for (String pod : new String[] {"a", "b"}) {
      var json =
          """
          {"type":"Warning","reason":"BackOff","message":"Back-off restarting failed container",
           "involvedObject":{"kind":"Pod","namespace":"shop","name":"POD"}}
          """;
      events.add("", new ObjectMapper().readTree(json.replace("POD", pod)));
    }

    assertEquals(1, events.rows().size());
    assertEquals(2, events.rows().getFirst().objects());
  }
}
