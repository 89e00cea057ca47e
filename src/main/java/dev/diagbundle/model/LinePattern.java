package dev.diagbundle.model;

import module java.base;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// A search pattern for log lines: a regular expression of RE2
/// (<https://github.com/google/re2/wiki/Syntax>), the syntax that the kubelet requires of a pattern
/// too. A search takes time linear in the length of the line, whatever its content. Safe for use by
/// many threads.
public final class LinePattern {
  private final Pattern pattern;

  private LinePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// The pattern, in which `^` and `$` match the edges of a line; empty if it is invalid.
  public static Optional<LinePattern> parse(String text) {
    if (PatternSize.of(text) > PatternSize.MAX) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LinePattern(Pattern.compile(text, Pattern.MULTILINE)));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /// The reason why the text is not a valid pattern; empty if it is one.
  public static Optional<String> fault(String text) {
    if (PatternSize.of(text) > PatternSize.MAX) {
      return Optional.of("its repetitions make it too large");
    }
    try {
      Pattern.compile(text);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(e.getDescription() + ": `" + e.getPattern() + "`");
    }
  }

  /// The literal prefix of every match of the pattern, as far as the start of the pattern
  /// determines it; empty if it does not.
  public static String literalPrefix(String pattern) {
    var text = pattern.replaceFirst("^(\\(\\?i\\))?(\\\\b|\\^)?", "");
    if (hasAlternatives(text)) {
      return "";
    }
    var prefix = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("*?{".indexOf(c) >= 0) {
        // The character before it may be missing.
        prefix.setLength(Math.max(0, prefix.length() - 1));
        break;
      }
      if (c == '\\' && i + 1 < text.length() && !Character.isLetterOrDigit(text.charAt(i + 1))) {
        i++;
        prefix.append(text.charAt(i));
      } else if (".+[](){}^$\\".indexOf(c) >= 0) {
        break;
      } else {
        prefix.append(c);
      }
    }
    return prefix.toString();
  }

  /// Returns whether a pattern has a `|` outside of groups and sets.
  private static boolean hasAlternatives(String pattern) {
    int depth = 0;
    boolean inSet = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (inSet) {
        inSet = c != ']';
      } else {
        inSet = c == '[';
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == '|' && depth == 0) {
          return true;
        }
      }
    }
    return false;
  }

  /// Texts of at least this length, one of which is in every match, in any case; empty if there may
  /// be matches without.
  public List<String> literals(int minLength) {
    return PatternLiterals.of(pattern.pattern(), minLength);
  }

  /// Returns whether it is found in the first bytes, decoded as UTF-8.
  public boolean isIn(byte[] bytes, int length) {
    Matcher matcher =
        pattern.matcher(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    return matcher.find();
  }

  /// Returns whether it is found in the text.
  public boolean isIn(String text) {
    return pattern.matcher(text).find();
  }

  /// The pattern as it was written.
  @Override
  public String toString() {
    return pattern.pattern();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinePattern that && pattern.pattern().equals(that.pattern.pattern());
  }

  @Override
  public int hashCode() {
    return pattern.pattern().hashCode();
  }
}
