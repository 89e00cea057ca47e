package dev.diagbundle.describe;

import module java.base;

import dev.diagbundle.describe.kubectl.GoSort;
import dev.diagbundle.describe.kubectl.TabbedText;

/// The table of events at the end of a description.
final class EventLines {
  private EventLines() {}

  /// Appends the events by the time they were last seen; those of the newer API lack it and come
  /// first, as in kubectl. Events of one second come in the order that Go's sort leaves them in, so
  /// that the text is kubectl's if the events are given in the order of the API.
  static void render(TabbedText text, List<DescribedEvent> events, Viewpoint viewpoint)
      throws IOException {
    if (events.isEmpty()) {
      text.line(0, "Events:", "<none>");
      return;
    }
    text.line(0, "Events:");
    text.line(1, "Type", "Reason", "Age", "From", "Message");
    text.line(1, "----", "------", "----", "----", "-------");
    var sorted = GoSort.sorted(events, Comparator.comparing(DescribedEvent::last));
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
