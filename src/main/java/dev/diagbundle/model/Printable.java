package dev.diagbundle.model;

import java.util.Locale;
import java.util.regex.Pattern;

/// Text from a cluster made safe for display: no terminal escape, no control character and no
/// invisible or direction-changing character has any effect on the reader's screen.
public final class Printable {
  private static final Pattern ANSI =
      Pattern.compile(
          "\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|[@-Z\\\\^_])");

  private Printable() {}

  /// One line: ANSI sequences are dropped; every other control, zero-width, byte-order or
  /// bidirectional control character is spelled as `U+202E`, a tab becomes a blank.
  public static String line(String text) {
    var plain = withoutAnsi(text);
    int length = plain.length();
    for (int i = 0; i < length; i++) {
      if (isHidden(plain.charAt(i)) || Character.isSurrogate(plain.charAt(i))) {
        return spell(plain);
      }
    }
    return plain;
  }

  /// The text without ANSI sequences; other control characters stay.
  public static String withoutAnsi(String text) {
    return text.indexOf('\u001b') < 0 ? text : ANSI.matcher(text).replaceAll("");
  }

  /// Like [#line], truncated to at most `max` code points; a truncated text ends in `…`.
  public static String line(String text, int max) {
    // Cut before spelling out as well, so that a huge token costs no more than its visible part.
    var head = text.length() > 4L * max + 64 ? text.substring(0, 4 * max + 64) : text;
    var shown = line(head);
    if (shown.codePointCount(0, shown.length()) <= max) {
      return head.length() < text.length() ? shown + "…" : shown;
    }
    return shown.substring(0, shown.offsetByCodePoints(0, max - 1)) + "…";
  }

  /// The text cut to at most `max` characters, between code points; `…` follows what was cut.
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end) + "…";
  }

  /// Returns whether the character is shown as its code point instead of itself.
  public static boolean isHidden(int point) {
    return point < 0x20
        || (point >= 0x7f && point <= 0x9f)
        || (point >= 0x200b && point <= 0x200f)
        || (point >= 0x2028 && point <= 0x202e)
        || (point >= 0x2060 && point <= 0x2069)
        || point == 0xfeff;
  }

  private static String spell(String text) {
    var shown = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(point -> {
          if (point == '\t') {
            shown.append(' ');
          } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            shown.append('\ufffd');
          } else if (isHidden(point)) {
            shown.append(String.format(Locale.ROOT, "U+%04X", point));
          } else {
            shown.appendCodePoint(point);
          }
        });
    return shown.toString();
  }
}
