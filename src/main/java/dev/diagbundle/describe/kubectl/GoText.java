package dev.diagbundle.describe.kubectl;

import module java.base;

/// Strings as Go treats them: as bytes of UTF-8.
public final class GoText {
  /// Go's order of strings, which is that of their code points.
  public static final Comparator<String> ORDER = GoText::compare;

  private GoText() {}

  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// The text truncated to this many bytes, with three dots if something was removed. A character
  /// divided by the cut is dropped; in Go half of it stays.
  public static String shorten(String text, int maxBytes) {
    if (text.length() * 3L <= maxBytes) {
      return text;
    }
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
      if (bytes > maxBytes) {
        return text.substring(0, i) + "...";
      }
      i += Character.charCount(point);
    }
    return text;
  }

  /// The text without white space at its ends; Go counts the no-break space as such.
  public static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /// The texts as Go's `%v` shows a slice of them.
  public static String list(List<String> texts) {
    return "[" + String.join(" ", texts) + "]";
  }

  /// The text as Go's `%q` quotes it.
  public static String quote(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(point -> {
          int escape = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(point);
          if (escape >= 0) {
            quoted.append('\\').append("abfnrtv\\\"".charAt(escape));
          } else if (point < ' ' || point == 0x7f) {
            quoted.append(String.format(Locale.ROOT, "\\x%02x", point));
          } else if (isHidden(point)) {
            var form = point < 0x1_0000 ? "\\u%04x" : "\\U%08x";
            quoted.append(String.format(Locale.ROOT, form, point));
          } else {
            quoted.appendCodePoint(point);
          }
        });
    return quoted.append('"').toString();
  }

  private static boolean isHidden(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          point != ' ';
      default -> false;
    };
  }

  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
  }

  private static int compare(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // UTF-16 sorts surrogates before U+E000 and above, code points sort them after.
        boolean bothOrNone = Character.isSurrogate(a) == Character.isSurrogate(b);
        return bothOrNone ? a - b : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return one.length() - other.length();
  }
}
