package dev.diagbundle.redact;

import module java.base;

import com.google.re2j.Pattern;

/// A user-defined redaction rule. Its secrets are replaced by `[redacted:<name>]`.
public sealed interface UserRule {
  /// The name in counts and replacements.
  String name();

  /// A regular expression of RE2, looked for in lines that have a literal.
  ///
  /// @param literal a text that each match has in it; in any case
  record OfPattern(String name, String literal, String pattern) implements UserRule {}

  /// Words.
  record OfWords(String name, List<String> words) implements UserRule {
    public OfWords {
      words = List.copyOf(words);
    }
  }

  /// The rule as the redaction applies it.
  default TextRule rule() {
    return switch (this) {
      case OfPattern(String name, String literal, String pattern) ->
          new LineRule(name, literal.toLowerCase(Locale.ROOT), Pattern.compile(pattern));
      case OfWords(String name, List<String> words) -> WordRule.hidden(name, words);
    };
  }
}
