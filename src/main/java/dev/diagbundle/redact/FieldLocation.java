package dev.diagbundle.redact;

import dev.diagbundle.redact.FieldName.Kind;
import dev.diagbundle.redact.FieldValue.Extent;
import java.util.Optional;

/// The position of a field name in a text, from which its value is searched.
///
/// @param from start of the name, including the dashes of an option
/// @param to end of the name
record FieldLocation(Window window, int from, int to) {
  private static final ByteSet SPACES = ByteSet.of(" \t\r\n");
  private static final ByteSet BACKSLASHES = ByteSet.of("\\");
  private static final ByteSet OPENING = ByteSet.of(" \t-\"'`\\");
  private static final int MAX_GAP = 64;
  private static final int MIN_TOKEN = 16;

  /// Its value, if it has one.
  Optional<FieldValue> value(Kind kind) {
    int before = window.get(from - 1);
    boolean option = window.get(from) == '-';
    int quote = window.skip(to, BACKSLASHES, MAX_GAP);
    boolean quoted = FieldValue.isQuote(window.get(quote));
    int end = quoted ? quote + 1 : to;
    if (!quoted && window.get(end) == ']') {
      end++;
    }
    int sign = window.skip(end, FieldValue.BLANKS, MAX_GAP);
    if (window.get(sign) == '=') {
      return assigned(kind, sign);
    }
    if (window.get(sign) == '>' && sign == to) {
      return window.skipBack(from, ByteSet.TOKEN.and(":<"), 40) < from
          ? FieldValue.at(window, to + 1, Extent.ELEMENT)
          : Optional.empty();
    }
    if (window.get(sign) == ':' && before != '/' && before != ':' && before != '@') {
      return mapped(kind, sign, quoted);
    }
    if (before == '/' && kind == Kind.PASSWORD && window.get(to) == ':') {
      return slashed();
    }
    if (option) {
      return following(kind, end, quoted);
    }
    return named(end);
  }

  /// `name=value`, also `name => value`.
  private Optional<FieldValue> assigned(Kind kind, int sign) {
    int next = window.get(sign + 1);
    if (next == '=' || next == '~') {
      return Optional.empty();
    }
    if (window.get(from - 1) == '$') {
      // `$password = 'x'` of PowerShell.
      return FieldValue.at(window, sign + 1, Extent.PART)
          .filter(FieldValue::quoted)
          .filter(value -> window.get(value.from()) != '$');
    }
    if (next == '{' && kind == Kind.PASSWORD) {
      return FieldValue.braced(window, sign + 1);
    }
    return FieldValue.at(
        window, next == '>' ? sign + 2 : sign + 1, SecretField.extent(window, from, to));
  }

  /// `/password:value`, an option of Windows.
  private Optional<FieldValue> slashed() {
    boolean option = SPACES.has(window.get(from - 2)) && !SPACES.has(window.get(to + 1));
    return option ? FieldValue.at(window, to + 1, Extent.WORD) : Optional.empty();
  }

  /// `name: value`.
  private Optional<FieldValue> mapped(Kind kind, int sign, boolean quoted) {
    int next = window.get(sign + 1);
    if (next == ':' || (next == '/' && window.get(sign + 2) == '/')) {
      return Optional.empty();
    }
    int begin = next == '=' ? sign + 2 : sign + 1;
    var extent = SecretField.extent(window, from, to);
    if (quoted || window.get(window.skip(begin, FieldValue.BLANKS, MAX_GAP)) == '[') {
      return FieldValue.at(window, begin, Extent.PART);
    }
    if (extent == Extent.WORD && kind == Kind.PASSWORD) {
      return FieldValue.at(window, begin, Extent.LINE);
    }
    return FieldValue.at(window, begin, extent)
        .filter(value -> value.quoted() || isMeant(kind, value));
  }

  /// Returns whether an unquoted value after a colon is a value, not the next word of a sentence.
  private boolean isMeant(Kind kind, FieldValue value) {
    var text = window.text(value.from(), Math.min(value.to(), value.from() + 300));
    if (ValueText.looksRandom(text)) {
      return true;
    }
    int after = window.get(window.skip(value.to(), ByteSet.of(" \t\r"), MAX_GAP));
    boolean last =
        after == Window.NONE || after == '\n' || after == '"' || after == '}' || after == ',';
    return last
        && (kind == Kind.PASSWORD || isLineStart(window, from) || window.get(from - 1) == '{');
  }

  /// `--name value`, also as two words of a list.
  private Optional<FieldValue> following(Kind kind, int end, boolean quoted) {
    int next = window.skip(end, ByteSet.of(","), 1);
    int begin = window.skip(next, SPACES, MAX_GAP);
    if (begin == end || (window.get(begin) == '-' && window.get(begin + 1) == '-')) {
      return Optional.empty();
    }
    boolean item = window.get(begin) == '-' && window.get(begin + 1) == ' ';
    var value = FieldValue.at(window, item ? begin + 2 : begin, Extent.WORD);
    if (quoted || item) {
      return value;
    }
    return value.filter(found -> {
      var text = window.text(found.from(), Math.min(found.to(), found.from() + 300));
      return found.quoted()
          || kind == Kind.PASSWORD
          || ValueText.looksRandom(text)
          || text.length() >= MIN_TOKEN;
    });
  }

  /// `name: NAME` with `value: …` after it, as environments are written.
  private Optional<FieldValue> named(int end) {
    int label = window.skipBack(from, OPENING, MAX_GAP);
    int sign = window.get(label - 1);
    if (sign != ':' && sign != '=') {
      return Optional.empty();
    }
    int key = window.skipBack(label - 1, OPENING, MAX_GAP);
    if (!window.has(key - 4, "name") && !window.has(key - 3, "key")) {
      return Optional.empty();
    }
    if (window.get(end) == '>') {
      // `<Data Name="Password">x</Data>`, as events of Windows have it.
      return FieldValue.at(window, end + 1, Extent.ELEMENT);
    }
    int comma = window.skip(end, ByteSet.of(","), 1);
    int next = window.skip(comma, SPACES, MAX_GAP);
    int word = window.skip(next, ByteSet.of("\\\"'"), MAX_GAP);
    if (next == end || !window.has(word, "value")) {
      return Optional.empty();
    }
    int close = window.skip(word + 5, ByteSet.of("\\\"' "), MAX_GAP);
    if (window.get(close) != ':' && window.get(close) != '=') {
      return Optional.empty();
    }
    boolean yaml = window.get(next - 1) != ',' && word == next && window.get(close + 1) == ' ';
    return FieldValue.at(window, close + 1, yaml ? Extent.LINE : Extent.PART);
  }

  /// Returns whether only blanks, dashes and opening quotes precede it on its line, which may be a
  /// line of a nested text.
  static boolean isLineStart(Window window, int from) {
    int begin = window.skipBack(from, ByteSet.of(" \t-"), MAX_GAP);
    int before = window.get(begin - 1);
    return before == Window.NONE
        || before == '\n'
        || ("nrt".indexOf(before) >= 0 && window.get(begin - 2) == '\\');
  }
}
