package dev.diagbundle.cluster.nodelog;

import module java.base;

import java.io.Reader;

/// A reader of the tables that `Get-WinEvent … | Format-Table -AutoSize -Wrap` prints, row by row:
/// groups headed `ProviderName`, the names of the columns, dashes, rows whose messages are wrapped
/// over several lines. Other text (the errors of PowerShell, which come through the same pipe) is
/// passed on as such.
///
/// A message cannot be mistaken for anything else: all its lines are indented to its column. Only
/// one row is in memory; a longer one is passed on in parts.
final class EventTableReader {
  private static final int MAX_LINE = 64 << 10;
  private static final int MAX_ROW = 512 << 10;
  private static final int MAX_BLANK_LINES = 1000;
  private static final String GROUP = "   ProviderName: ";
  private static final String FIRST_COLUMN = "TimeCreated ";

  /// Receiver of rows and lines, in their order.
  interface Sink {
    /// Receives a complete event.
    void row(EventRow row) throws IOException;

    /// Receives a line outside of tables, without its line feed.
    void other(String line) throws IOException;
  }

  /// The end of the text.
  ///
  /// @param wholeLine whether its last line has a line feed
  /// @param blankLine whether that line is blank: `Format-Table` ends with blank lines
  /// @param last its last row, which was not passed on: it may be truncated
  record End(boolean wholeLine, boolean blankLine, Optional<EventRow> last) {}

  private final Sink sink;
  private final StringBuilder row = new StringBuilder();
  private String group = "";
  private String names = "";
  private String header = "";
  private Optional<EventColumns> columns = Optional.empty();
  private String time = "";
  private boolean inRow;
  private boolean continued;
  private int blankLines;

  private EventTableReader(Sink sink) {
    this.sink = sink;
  }

  /// Reads to the end of the text.
  static End read(Reader text, Sink sink) throws IOException {
    return new EventTableReader(sink).read(text);
  }

  private End read(Reader text) throws IOException {
    var buffer = new char[8 << 10];
    var line = new StringBuilder();
    boolean fresh = true;
    boolean whole = true;
    for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
      for (int i = 0; i < count; i++) {
        char c = buffer[i];
        whole = c == '\n';
        if (whole) {
          line(line.toString().stripTrailing(), fresh);
        } else {
          line.append(c);
        }
        if (whole) {
          line.setLength(0);
          fresh = true;
        } else if (line.length() >= MAX_LINE && !Character.isHighSurrogate(c)) {
          line(line.toString(), fresh);
          line.setLength(0);
          fresh = false;
        }
      }
    }
    if (!line.isEmpty()) {
      line(line.toString().stripTrailing(), fresh);
    }
    return new End(whole, blankLines > 0, inRow ? Optional.of(taken()) : Optional.empty());
  }

  /// @param fresh whether the line begins here; otherwise it continues
  private void line(String line, boolean fresh) throws IOException {
    if (!fresh && inRow) {
      row.insert(Math.max(0, row.length() - 1), line);
      splitRow();
      return;
    }
    if (line.isEmpty()) {
      blankLines++;
      return;
    }
    if (fresh && !isHead(line)) {
      body(line);
    } else if (!fresh) {
      sink.other(line);
    }
    blankLines = 0;
  }

  private boolean isHead(String line) throws IOException {
    if (line.startsWith(GROUP)) {
      endRow();
      group = line + "\n\n";
      names = "";
      return true;
    }
    if (line.startsWith(FIRST_COLUMN)) {
      endRow();
      names = line + "\n";
      return true;
    }
    var found = names.isEmpty() ? Optional.<EventColumns>empty() : EventColumns.of(line);
    if (found.isEmpty()) {
      return false;
    }
    columns = found;
    header = group + names + line + "\n";
    names = "";
    return true;
  }

  private void body(String line) throws IOException {
    var begun = columns.flatMap(known -> known.time(line));
    if (begun.isPresent()) {
      endRow();
      inRow = true;
      time = begun.get();
      row.append(line).append('\n');
    } else if (inRow && EventColumns.isIndented(line)) {
      row.repeat('\n', Math.min(blankLines, MAX_BLANK_LINES)).append(line).append('\n');
      splitRow();
    } else {
      endRow();
      sink.other(line);
    }
  }

  private void splitRow() throws IOException {
    if (row.length() > MAX_ROW) {
      sink.row(taken());
      continued = true;
    }
  }

  private void endRow() throws IOException {
    if (inRow) {
      sink.row(taken());
    }
    inRow = false;
    continued = false;
  }

  private EventRow taken() {
    var part = new EventRow(header, time, row.toString(), continued);
    row.setLength(0);
    return part;
  }
}
