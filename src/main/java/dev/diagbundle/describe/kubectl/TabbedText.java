package dev.diagbundle.describe.kubectl;

import module java.base;

/// Text whose tab-separated cells are padded to columns, as Go's `text/tabwriter` does it for
/// kubectl: a column is a run of consecutive lines that all have a cell there which a tab ends; it
/// is as wide as its widest cell and the padding. The last cell of a line belongs to no column.
///
/// Appended text may come from a cluster. Tabs and line ends in it create cells and lines, as they
/// do in kubectl; every other control character is spelled out (kubectl does so with escape and
/// carriage return only), so that no terminal interprets it.
///
/// Not for use by several threads. The appendable stays open.
///
/// @see <a href="https://pkg.go.dev/text/tabwriter">text/tabwriter</a>
public final class TabbedText {
  private static final String BLANKS = " ".repeat(64);

  /// A cell wider than this does not widen its column: one hostile value would make every line as
  /// long as itself.
  private static final int MAX_WIDTH = 2_000;

  private final Appendable out;
  private final int minWidth;
  private final int padding;
  private final List<Line> waiting = new ArrayList<>();
  private final List<Column> open = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private Line current = new Line();

  /// Text in the columns of `kubectl describe`: at least two blanks between cells.
  public TabbedText(Appendable out) {
    this(out, 0, 2);
  }

  TabbedText(Appendable out, int minWidth, int padding) {
    this.out = out;
    this.minWidth = minWidth;
    this.padding = padding;
  }

  /// Appends one line of cells, indented by two blanks per level.
  public void line(int level, String... cells) throws IOException {
    text("  ".repeat(level));
    for (int i = 0; i < cells.length; i++) {
      if (i > 0) {
        text("\t");
      }
      text(cells[i]);
    }
    text("\n");
  }

  /// Appends text as it is, tabs and line ends included.
  void text(String text) throws IOException {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\t', '\u000b' -> endCell();
        case '\n' -> endLine();
        case '\f' -> {
          endLine();
          flush();
        }
        default -> {
          if (Character.isHighSurrogate(c)
              && i + 1 < length
              && Character.isLowSurrogate(text.charAt(i + 1))) {
            i++;
            cell.append(c).append(text.charAt(i));
          } else {
            ControlCharacters.append(cell, c);
          }
        }
      }
    }
  }

  /// Writes what still waits for its columns. Call it once, at the end.
  public void finish() throws IOException {
    if (!cell.isEmpty() || !current.cells.isEmpty()) {
      endLine();
    }
    flush();
  }

  private void endCell() {
    int index = current.cells.size();
    if (index == open.size()) {
      open.add(new Column(minWidth));
    }
    var column = open.get(index);
    var text = cell.toString();
    cell.setLength(0);
    int width = text.codePointCount(0, text.length()) + padding;
    if (width <= MAX_WIDTH) {
      column.width = Math.max(column.width, width);
    }
    current.cells.add(text);
    current.columns.add(column);
  }

  private void endLine() throws IOException {
    // The columns beyond the last tab of this line end with the line before.
    open.subList(current.cells.size(), open.size()).clear();
    current.last = cell.toString();
    cell.setLength(0);
    waiting.add(current);
    current = new Line();
    if (open.isEmpty()) {
      flush();
    }
  }

  private void flush() throws IOException {
    for (var line : waiting) {
      for (int i = 0; i < line.cells.size(); i++) {
        var text = line.cells.get(i);
        out.append(text);
        pad(line.columns.get(i).width - text.codePointCount(0, text.length()));
      }
      out.append(line.last).append('\n');
    }
    waiting.clear();
    open.clear();
  }

  private void pad(int count) throws IOException {
    int left = Math.max(count, padding);
    while (left > 0) {
      int part = Math.min(left, BLANKS.length());
      out.append(BLANKS, 0, part);
      left -= part;
    }
  }

  private static final class Column {
    private int width;

    private Column(int width) {
      this.width = width;
    }
  }

  private static final class Line {
    private final List<String> cells = new ArrayList<>(2);
    private final List<Column> columns = new ArrayList<>(2);
    private String last = "";
  }
}
