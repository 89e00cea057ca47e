package dev.diagbundle.describe;

import module java.base;

import dev.diagbundle.describe.kubectl.ControlCharacters;
import dev.diagbundle.describe.kubectl.GoSort;

/// Events in the format of `kubectl events`, in the order in which they were last seen. Unlike
/// kubectl's, an event's message of several lines stays in its column, so that no message can pass
/// for another event.
///
/// @param events in the order of the API, which is kept for those of one instant
/// @param namespaces whether the first column is the namespace
public record EventTable(List<DescribedEvent> events, boolean namespaces) {
  private static final int MIN_WIDTH = 6;
  private static final int PADDING = 3;

  // One hostile value shall not make every line as long as itself.
  private static final int MAX_WIDTH = 400;

  private static final List<String> HEADER =
      List.of("NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE");

  /// Appends the table line by line, with a header also if there are no events. The appendable
  /// stays open.
  ///
  /// @throws IOException only if the appendable does
  public void render(Appendable out, Viewpoint viewpoint) throws IOException {
    var sorted = GoSort.sorted(events, Comparator.comparing(DescribedEvent::lastSeen));
    var widths = new int[HEADER.size() - 1];
    widen(widths, HEADER);
    for (var event : sorted) {
      widen(widths, cells(event, viewpoint));
    }
    row(out, widths, HEADER, HEADER.getLast());
    for (var event : sorted) {
      var indent = cells(event, viewpoint);
      for (var line : event.message().split("[\n\f]", -1)) {
        row(out, widths, indent, ControlCharacters.line(line));
        indent = List.of("", "", "", "", "");
      }
    }
  }

  private static List<String> cells(DescribedEvent event, Viewpoint viewpoint) {
    var subject = event.subject();
    return List.of(
        cell(event.namespace()),
        event.age(viewpoint),
        cell(event.type()),
        cell(event.reason()),
        cell(subject.kind() + "/" + subject.name()));
  }

  private static String cell(String text) {
    return ControlCharacters.line(text.replace('\n', ' ').replace('\f', ' '));
  }

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      int width = width(cells.get(i)) + PADDING;
      if (width <= MAX_WIDTH) {
        widths[i] = Math.max(Math.max(widths[i], MIN_WIDTH), width);
      }
    }
  }

  private void row(Appendable out, int[] widths, List<String> cells, String last)
      throws IOException {
    for (int i = namespaces ? 0 : 1; i < widths.length; i++) {
      var cell = cells.get(i);
      out.append(cell).append(" ".repeat(Math.max(PADDING, widths[i] - width(cell))));
    }
    out.append(last).append('\n');
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
