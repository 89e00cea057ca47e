package dev.diagbundle.report.input;

/// The form that messages of one cause have in common: long identifiers and numbers in them differ
/// from case to case.
public final class MessageNormalizer {
  private static final int MIN_IDENTIFIER = 12;

  private MessageNormalizer() {}

  /// The message with every long hexadecimal identifier (of a container, a sandbox, an object)
  /// replaced by `…`.
  public static String shorten(String message) {
    var text = new StringBuilder(message.length());
    int at = 0;
    while (at < message.length()) {
      int end = wordEnd(message, at);
      if (end == at) {
        text.append(message.charAt(at++));
        continue;
      }
      text.append(isIdentifier(message, at, end) ? "…" : message.substring(at, end));
      at = end;
    }
    return text.toString();
  }

  /// Equal for messages that differ in identifiers, numbers and the given names only.
  public static String key(String message, String... names) {
    var text = shorten(message);
    for (String name : names) {
      if (!name.isEmpty()) {
        text = text.replace(name, "…");
      }
    }
    var key = new StringBuilder(text.length());
    boolean inNumber = false;
    for (int i = 0; i < text.length(); i++) {
      boolean digit = Character.isDigit(text.charAt(i));
      if (!digit) {
        key.append(text.charAt(i));
      } else if (!inNumber) {
        key.append('#');
      }
      inNumber = digit;
    }
    return key.toString();
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
