package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.DescribedEvent;
import dev.diagbundle.model.Interner;
import dev.diagbundle.model.Printable;

/// The timeline of all events of a cluster, one per line, in the order in which they were last
/// seen: readable together with logs, since every line begins with its time. Its memory is packed
/// and bounded. For one thread.
final class EventTimeline {
  private static final int MAX_CELL = 300;
  private static final int MAX_MESSAGE = 2_000;
  private static final String FORM = "%-20s  %-7s  %-22s  %-48s  %s";

  private final SortedLines lines;

  EventTimeline() {
    this(new SortedLines());
  }

  EventTimeline(SortedLines lines) {
    this.lines = lines;
  }

  /// Adds an event of the core API.
  void add(JsonNode object, Instant seen) {
    var event = DescribedEvent.of(object, new Interner());
    var subject = event.subject();
    var about = subject.namespace().isEmpty() ? "" : subject.namespace() + "/";
    lines.add(
        FORM.formatted(
            DateTimeFormatter.ISO_INSTANT.format(seen.truncatedTo(ChronoUnit.SECONDS)),
            cell(event.type()),
            cell(event.reason()),
            cell(about + subject.kind() + "/" + subject.name()),
            // An event of several lines must not be taken for several events.
            Printable.line(event.message().replace('\n', ' '), MAX_MESSAGE)
                + origin(event, object)));
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /// Writes the table. The appendable stays open.
  void writeTo(Appendable out) throws IOException {
    if (lines.left() > 0) {
      out.append("# The oldest ")
          .append(String.valueOf(lines.left()))
          .append(" events are omitted from this table; the adjacent lists include them.\n");
    }
    out.append(FORM.formatted("LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE")).append('\n');
    lines.writeTo(out);
  }

  private static String origin(DescribedEvent event, JsonNode object) {
    var origin = new StringBuilder();
    long count = event.series().map(DescribedEvent.Series::count).orElse(event.count());
    if (count > 1) {
      origin.append("x").append(count).append("; ");
    }
    origin.append(cell(event.source()));
    var host = object.path("source").path("host").asText("");
    if (!host.isEmpty()) {
      origin.append(" on ").append(cell(host));
    }
    return origin.isEmpty() ? "" : "  (" + origin + ")";
  }

  private static String cell(String text) {
    return Printable.line(text.replace('\n', ' '), MAX_CELL);
  }
}
