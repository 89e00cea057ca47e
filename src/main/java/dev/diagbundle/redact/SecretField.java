package dev.diagbundle.redact;

import module java.base;

import dev.diagbundle.redact.FieldName.Kind;
import dev.diagbundle.redact.FieldValue.Extent;

/// Values of fields whose name marks them as secret, in the usual spellings: `password=x`,
/// `"token": "x"` (also escaped, in a nested text), `--password x`, `Password:x`,
/// `<password>x</password>`, and `name: DB_PASSWORD` with `value: x` after it.
///
/// @param literals contained in such names
/// @param kinds of names
record SecretField(String name, List<String> literals, Set<Kind> kinds) implements TextRule {
  private static final ByteSet NAME = ByteSet.TOKEN.and(".");
  private static final ByteSet BACKSLASHES = ByteSet.of("\\");
  private static final int MAX_NAME = 64;
  private static final int MAX_BACKSLASHES = 64;
  private static final int MAX_CHECKED = 300;

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    int from = window.skipBack(start, NAME, MAX_NAME);
    int to = window.skip(end, NAME, MAX_NAME);
    if (start - from == MAX_NAME || to - end == MAX_NAME) {
      return Optional.empty();
    }
    if (window.get(from - 1) == '\\' && from < start && "nrt".indexOf(window.get(from)) >= 0) {
      // The end of a line in a text within a text.
      from++;
    }
    var kind = FieldName.kindOf(window.text(from, to));
    if (!kinds.contains(kind)) {
      return Optional.empty();
    }
    return new FieldLocation(window, from, to)
        .value(kind)
        .filter(value -> isSecret(window, value, kind))
        .map(value -> secret(window, value, to));
  }

  /// A number or a bare word after a name in JSON is replaced by a text, which needs quotes.
  private static SecretMatch secret(Window window, FieldValue value, int nameEnd) {
    int quote = window.skip(nameEnd, BACKSLASHES, MAX_BACKSLASHES);
    boolean json = !value.quoted() && window.get(quote) == '"' && window.get(quote + 1) == ':';
    var mark = json ? SecretMatch.quote(quote - nameEnd) : "";
    return new SecretMatch(value.from(), value.to(), value.rest(), mark, mark);
  }

  private static boolean isSecret(Window window, FieldValue value, Kind kind) {
    if (value.to() - value.from() > MAX_CHECKED) {
      return true;
    }
    var text = window.text(value.from(), value.to());
    if (ValueText.isPlaceholder(text)) {
      return false;
    }
    return switch (kind) {
      case NONE -> false;
      case PASSWORD -> !isPath(text) && !isVerdict(window, value.from(), text);
      case TOKEN, KEY -> !ValueText.isReference(text) && !isSentence(text);
      case SECRET ->
          !ValueText.isReference(text) && !isSentence(text) && !ValueText.isObjectName(text);
      case AUTH -> isUserAndPassword(text);
    };
  }

  /// `PWD` is as often a folder as it is a password.
  private static boolean isPath(String text) {
    boolean path = text.startsWith("/") || text.indexOf(":\\") == 1 || text.indexOf(":/") == 1;
    return path && ValueText.isReference(text);
  }

  /// `pass=3` counts tests, and `--- PASS: TestX` names one.
  private static boolean isVerdict(Window window, int from, String text) {
    boolean number = text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int blanks = window.skipBack(from, FieldValue.BLANKS, 8);
    if (number) {
      int sign = window.skipBack(blanks, ByteSet.of("=:"), 1);
      return window.has(sign - 4, "pass") && !ByteSet.TOKEN.has(window.get(sign - 5));
    }
    return window.has(blanks - 9, "--- pass:");
  }

  private static boolean isSentence(String text) {
    return text.indexOf(' ') > 0 && !ValueText.looksRandom(text);
  }

  static boolean isUserAndPassword(String base64) {
    try {
      var text = new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
      return text.indexOf(':') >= 0 && text.chars().noneMatch(c -> c < ' ');
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static Extent extent(Window window, int from, int to) {
    boolean lineStart = FieldLocation.isLineStart(window, from);
    boolean blank = FieldValue.BLANKS.has(window.get(from - 1));
    boolean environment = window.text(from, to).chars().noneMatch(Character::isLowerCase);
    return lineStart || (blank && environment) ? Extent.WORD : Extent.PART;
  }
}
