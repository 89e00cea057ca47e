package dev.diagbundle.findings;

/// The normalization of messages to the text that messages of one cause have in common: without
/// identifiers, addresses, numbers and names.
public final class CauseNormalizer {
  private static final String COMBINED = "(combined from similar events): ";
  private static final int MIN_IDENTIFIER = 12;
  private static final int MAX_LENGTH = 400;

  private CauseNormalizer() {}

  /// The normalized message, equal for messages that differ in identifiers, numbers and the given
  /// names only.
  public static String of(String message, String... names) {
    var text = message.startsWith(COMBINED) ? message.substring(COMBINED.length()) : message;
    for (String name : names) {
      text = without(name, text);
    }
    return normalized(text, true, MAX_LENGTH).strip();
  }

  /// The message with every long hexadecimal identifier (of a container, a sandbox, an object)
  /// replaced by `…`.
  public static String shorten(String message) {
    return normalized(message, false, Integer.MAX_VALUE);
  }

  private static String normalized(String text, boolean numbers, int max) {
    var normalized = new StringBuilder(Math.min(text.length(), max));
    int at = 0;
    while (at < text.length() && normalized.length() < max) {
      int end = wordEnd(text, at);
      if (end == at) {
        normalized.append(text.charAt(at++));
        continue;
      }
      if (isIdentifier(text, at, end)) {
        normalized.append('…');
      } else if (numbers) {
        appendWithoutNumbers(normalized, text, at, end);
      } else {
        normalized.append(text, at, end);
      }
      at = end;
    }
    return normalized.toString();
  }

  /// The text with each place of the name replaced where it is a word of its own: a pod may be
  /// called `a`.
  private static String without(String name, String text) {
    int at = name.isEmpty() ? -1 : text.indexOf(name);
    if (at < 0) {
      return text;
    }
    var shorter = new StringBuilder(text.length());
    int done = 0;
    for (; at >= 0; at = text.indexOf(name, at + name.length())) {
      int end = at + name.length();
      boolean whole =
          (at == 0 || !isWordPart(text.charAt(at - 1)))
              && (end == text.length() || !isWordPart(text.charAt(end)));
      if (whole) {
        shorter.append(text, done, at).append('…');
        done = end;
      }
    }
    return shorter.append(text, done, text.length()).toString();
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '-';
  }

  private static void appendWithoutNumbers(StringBuilder cause, String text, int from, int end) {
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
    while (end < text.length() && isWordPart(text.charAt(end))) {
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
