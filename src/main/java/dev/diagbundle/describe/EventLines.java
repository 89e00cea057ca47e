package dev.diagbundle.describe;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/// The table of events at the end of a description.
final class EventLines {
  private EventLines() {}

  /// Appends the events by the time they were last seen; those of the newer API lack it and come
  /// first, as in kubectl. Events of one second keep their order, which kubectl does not promise.
  static void render(TabbedText text, List<DescribedEvent> events, Viewpoint viewpoint)
      throws IOException {
    if (events.isEmpty()) {
      text.line(0, "Events:", "<none>");
      return;
    }
    text.line(0, "Events:");
    text.line(1, "Type", "Reason", "Age", "From", "Message");
    text.line(1, "----", "------", "----", "----", "-------");
    var sorted = events.stream().sorted(Comparator.comparing(DescribedEvent::last)).toList();
    for (var event : sorted) {
      var field = event.subject().field();
      text.line(
          1,
          event.type(),
          event.reason(),
          event.age(viewpoint),
          event.source(),
          field.isEmpty() ? event.message() : field + ": " + event.message());
    }
  }
}
