package dev.diagbundle.describe.kubectl;

import java.util.Locale;

/// Terminal control characters, escaped so that they are visible.
public final class ControlCharacters {
  private ControlCharacters() {}

  /// Appends a character, or its spelling: `^[` for escape and `\r` for carriage return as kubectl
  /// has it, the caret form for the other control characters, a Unicode escape for those beyond
  /// ASCII.
  static void append(StringBuilder text, char c) {
    if (c == '\r') {
      text.append("\\r");
    } else if (c < ' ' || c == 0x7f) {
      text.append('^').append((char) (c ^ 0x40));
    } else if (c >= 0x80 && c <= 0x9f) {
      text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    } else if (Character.isSurrogate(c)) {
      text.append('\ufffd');
    } else {
      text.append(c);
    }
  }

  /// One line of a table: [#append] for every character, and a blank for a tab.
  public static String line(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return text;
    }
    var shown = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t') {
        shown.append(' ');
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        shown.append(c).append(text.charAt(i));
      } else {
        append(shown, c);
      }
    }
    return shown.toString();
  }
}
