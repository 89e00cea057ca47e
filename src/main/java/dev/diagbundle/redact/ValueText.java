package dev.diagbundle.redact;

import module java.base;

/// The classification of a value by its form.
final class ValueText {
  private static final int MIN_RANDOM = 6;

  /// Values that denote an absent or a processed value.
  private static final Set<String> WORDS =
      Set.of(
          "true",
          "false",
          "null",
          "nil",
          "none",
          "undefined",
          "yes",
          "no",
          "on",
          "off",
          "unset",
          "set",
          "empty",
          "redacted",
          "hidden",
          "masked",
          "unknown",
          "required",
          "optional",
          "enabled",
          "disabled",
          "missing",
          "invalid",
          "expired",
          "n/a",
          "string",
          "object",
          "unauthorized",
          "forbidden",
          "error",
          "failed",
          "not",
          "is",
          "was",
          "for",
          "to",
          "has",
          "and",
          "or",
          "the",
          "in",
          "from",
          "of",
          "with",
          "found",
          "default",
          "eof",
          "timeout");

  private ValueText() {}

  /// Returns whether it is a placeholder for an absent value: nothing, `true`, `***`, `${NAME}`,
  /// `%s`, `<none>`.
  static boolean isPlaceholder(String value) {
    var text = value.strip();
    if (text.isEmpty() || WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return true;
    }
    char first = text.charAt(0);
    char last = text.charAt(text.length() - 1);
    if (text.chars().allMatch(c -> "*xX.-•".indexOf(c) >= 0)) {
      return true;
    }
    return (first == '<' && (last == '>' || text.startsWith("<redacted")))
        || (first == '(' && text.endsWith(" bytes, not collected)"))
        || text.startsWith("[redacted")
        || text.startsWith("[REDACTED")
        || text.startsWith("{{")
        || (first == '%' && text.length() <= 3)
        || ((text.startsWith("${") || text.startsWith("$(")) && (last == '}' || last == ')'))
        || isVariable(text);
  }

  /// Returns whether it looks unlike a word of a language: letters with digits, or mixed case
  /// within.
  static boolean looksRandom(String value) {
    if (value.length() < MIN_RANDOM) {
      return false;
    }
    int digits = 0;
    int letters = 0;
    int humps = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
      letters += Character.isLetter(c) ? 1 : 0;
      boolean hump =
          i > 0 && Character.isUpperCase(c) && Character.isLowerCase(value.charAt(i - 1));
      humps += hump ? 1 : 0;
    }
    return letters > 0 && (digits >= 2 || humps >= 3 || (digits > 0 && value.length() >= 10));
  }

  /// Returns whether it is the location of a secret, not the secret: a file, an image, an object's
  /// name with its namespace.
  static boolean isReference(String value) {
    if (value.length() > 256) {
      return false;
    }
    return value.matches(
            "/(var|etc|run|usr|home|opt|tmp|root|proc|srv|mnt|data|secrets?|vault)(/.*)?")
        || value.matches("[A-Za-z]:[\\\\/].*")
        || value.matches("[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9.-]*")
        || value.matches("[\\w./-]+\\.(key|pem|crt|cert|json|ya?ml|conf|txt|jks|p12|tls)")
        || value.matches("0x[0-9a-f]+\\)?")
        || value.matches("v?\\d+(\\.\\d+)*");
  }

  /// Returns whether it looks like an object name (RFC 1123): words in lower case joined by dashes.
  static boolean isObjectName(String value) {
    return value.matches("[a-z]+|[a-z0-9]+([.-][a-z0-9]+)+");
  }

  private static boolean isVariable(String text) {
    return text.charAt(0) == '$'
        && text.length() > 2
        && text.chars().skip(1).allMatch(c -> c == '_' || (c >= 'A' && c <= 'Z'));
  }
}
