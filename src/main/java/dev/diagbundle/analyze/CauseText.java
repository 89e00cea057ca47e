package dev.diagbundle.analyze;

/// What messages of one cause have in common: identifiers, addresses, numbers and names in them
/// differ from case to case.
public final class CauseText {
  private static final String COMBINED = "(combined from similar events): ";
  private static final int MIN_IDENTIFIER = 12;
  private static final int MAX_LENGTH = 400;

  private CauseText() {}

  /// Equal for messages that differ in identifiers, numbers and the given names only.
  public static String of(String message, String... names) {
    var text = message.startsWith(COMBINED) ? message.substring(COMBINED.length()) : message;
    for (String name : names) {
      if (!name.isEmpty()) {
        text = text.replace(name, "…");
      }
    }
    var cause = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
    int at = 0;
    while (at < text.length() && cause.length() < MAX_LENGTH) {
      int end = wordEnd(text, at);
      if (end == at) {
        cause.append(text.charAt(at++));
        continue;
      }
      append(cause, text, at, end);
      at = end;
    }
    return cause.toString().strip();
  }

  private static void append(StringBuilder cause, String text, int from, int end) {
    if (isIdentifier(text, from, end)) {
      cause.append('…');
      return;
    }
    boolean inNumber = false;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9';
      if (!digit) {
        cause.append(c);
      } else if (!inNumber) {
        cause.append('#');
      }
      inNumber = digit;
    }
  }

  private static int wordEnd(String text, int from) {
    int end = from;
    while (end < text.length()
        && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '-')) {
      end++;
    }
    return end;
  }

  private static boolean isIdentifier(String text, int from, int end) {
    boolean digit = false;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (Character.digit(c, 16) < 0 && c != '-') {
        return false;
      }
      digit |= c >= '0' && c <= '9';
    }
    return digit && end - from >= MIN_IDENTIFIER;
  }
}
