package dev.diagbundle.serve;

import module java.base;

import java.util.regex.Pattern;

/// The syntax that Go's regular expressions reject, as far as clients encounter it.
final class GoPattern {
  private static final Pattern LOOK_AROUND = Pattern.compile("\\(\\?(?:<?[=!]|>)");
  private static final Pattern BACK_REFERENCE =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*(\\\\[1-9])");

  private GoPattern() {}

  /// The error text after `error parsing regexp: `, if the pattern is invalid.
  static Optional<String> problem(String pattern) {
    Matcher lookAround = LOOK_AROUND.matcher(pattern);
    if (lookAround.find()) {
      return Optional.of("invalid or unsupported Perl syntax: `" + lookAround.group() + "`");
    }
    Matcher backReference = BACK_REFERENCE.matcher(pattern);
    if (backReference.find()) {
      return Optional.of("invalid escape sequence: `" + backReference.group(1) + "`");
    }
    try {
      Pattern.compile(pattern);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      var text = e.getDescription();
      if (text.startsWith("Unclosed group")) {
        return Optional.of("missing closing ): `" + pattern + "`");
      }
      if (text.startsWith("Unmatched closing")) {
        return Optional.of("unexpected ): `" + pattern + "`");
      }
      if (text.startsWith("Unclosed character class")) {
        return Optional.of("missing closing ]: `" + pattern.substring(pattern.indexOf('[')) + "`");
      }
      if (text.startsWith("Dangling meta")) {
        int at = Math.clamp(e.getIndex(), 0, pattern.length() - 1);
        return Optional.of("missing argument to repetition operator: `" + pattern.charAt(at) + "`");
      }
      return Optional.of("invalid or unsupported Perl syntax: `" + pattern + "`");
    }
  }
}
