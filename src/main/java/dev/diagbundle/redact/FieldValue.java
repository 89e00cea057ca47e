package dev.diagbundle.redact;

import java.util.Optional;

/// The position of a field's value in a text.
///
/// @param quoted whether it is between quotes, which are not part of it
/// @param rest bytes that may follow it if it is longer than the visible part
record FieldValue(int from, int to, boolean quoted, ByteSet rest) {
  static final ByteSet BLANKS = ByteSet.of(" \t");

  private static final ByteSet SPACES = ByteSet.of(" \t\r\n");
  private static final ByteSet BACKSLASHES = ByteSet.of("\\");
  private static final ByteSet ESCAPED = ByteSet.of("nrt\"'/u");
  private static final ByteSet TRAILING = ByteSet.of(",;)}]");
  private static final ByteSet PART_BYTES = ByteSet.allBut(" \t\r\n\"'`<>|&;,(){}]");
  private static final ByteSet WORD_BYTES = ByteSet.allBut(" \t\r\n\"");
  private static final ByteSet LINE_BYTES = ByteSet.allBut("\r\n\"");
  private static final ByteSet ELEMENT_BYTES = ByteSet.allBut("\r\n<");
  private static final int MAX_BLANKS = 64;
  private static final int MAX_BACKSLASHES = 64;

  /// The extent of a value without quotes.
  enum Extent {
    /// The value up to the next blank, separator or bracket.
    PART,
    /// The value up to the next blank or quote.
    WORD,
    /// The value up to the end of the line.
    LINE,
    /// The value up to the next element.
    ELEMENT;

    private ByteSet bytes() {
      return switch (this) {
        case PART -> PART_BYTES;
        case WORD -> WORD_BYTES;
        case LINE -> LINE_BYTES;
        case ELEMENT -> ELEMENT_BYTES;
      };
    }
  }

  /// The value that starts there, after blanks; in a list, its first element. Empty if there is
  /// none, or one that has fields itself.
  static Optional<FieldValue> at(Window window, int start, Extent extent) {
    int from = window.skip(start, BLANKS, MAX_BLANKS);
    if (window.get(from) == '[') {
      from = window.skip(from + 1, SPACES, MAX_BLANKS);
    }
    int quote = window.skip(from, BACKSLASHES, MAX_BACKSLASHES);
    if (isQuote(window.get(quote))) {
      return quoted(window, quote, quote - from);
    }
    int text = blockText(window, from);
    return text > from ? bare(window, text, Extent.LINE) : bare(window, from, extent);
  }

  /// A password of a connection string of ODBC (`Pwd={…};`), or after the name of its hash
  /// (`password={bcrypt}$2a$…`).
  static Optional<FieldValue> braced(Window window, int open) {
    int close = window.skip(open + 1, ByteSet.allBut("{}\r\n\""));
    int after = window.get(close + 1);
    if (window.get(close) != '}' || close == open + 1) {
      return Optional.empty();
    }
    if (after == '$') {
      return bare(window, close + 2, Extent.PART);
    }
    return after == ';'
        ? Optional.of(new FieldValue(open + 1, close, true, ByteSet.of("")))
        : Optional.empty();
  }

  static boolean isQuote(int b) {
    return b == '"' || b == '\'' || b == '`';
  }

  /// The value between quotes: up to the next quote of the same kind and depth. A text that was
  /// quoted `n` times has its quotes after `2^n - 1` backslashes, and those within it after more.
  private static Optional<FieldValue> quoted(Window window, int quote, int depth) {
    int mark = window.get(quote);
    var rest = ByteSet.allBut((char) mark + "\r\n");
    int from = quote + 1;
    int first = window.get(from);
    if (first == ' ' || first == mark) {
      // The end of a text that contains the field, or no value.
      return Optional.empty();
    }
    int backslashes = 0;
    for (int i = from; ; i++) {
      int b = window.get(i);
      if (b == Window.NONE || b == '\n') {
        return Optional.of(new FieldValue(from, i, true, rest));
      }
      boolean ends = mark == '"' ? backslashes % (2 * (depth + 1)) == depth : backslashes <= depth;
      if (b == '\'' && mark == '\'' && depth == 0 && window.get(i + 1) == '\'') {
        // One quote that belongs to the text, in YAML, SQL and PowerShell.
        i++;
        backslashes = 0;
        continue;
      }
      if (b == mark && ends) {
        return Optional.of(new FieldValue(from, Math.max(from, i - depth), true, rest));
      }
      backslashes = b == '\\' ? backslashes + 1 : 0;
    }
  }

  private static Optional<FieldValue> bare(Window window, int from, Extent extent) {
    int first = window.get(from);
    int second = window.get(from + 1);
    boolean template = first == '$' && (second == '{' || second == '(');
    if (first == '{' || first == '(' || first == '&' || template) {
      return Optional.empty();
    }
    int i = from;
    while (extent.bytes().has(window.get(i))) {
      if (window.get(i) == '\\' && ESCAPED.has(window.get(i + 1))) {
        break;
      }
      i++;
    }
    int to = extent == Extent.WORD ? window.skipBack(i, TRAILING, i - from) : i;
    if (extent == Extent.LINE) {
      to = window.skipBack(i, BLANKS, i - from);
    }
    return to > from
        ? Optional.of(new FieldValue(from, to, false, extent.bytes()))
        : Optional.empty();
  }

  /// The start of the text of a YAML block scalar (`|`, `>-`); the argument if it is not one.
  private static int blockText(Window window, int from) {
    if (window.get(from) != '|' && window.get(from) != '>') {
      return from;
    }
    int end = window.skip(from + 1, ByteSet.of("-+123456789 \r"), 8);
    return window.get(end) == '\n' ? window.skip(end + 1, BLANKS, MAX_BLANKS) : from;
  }
}
