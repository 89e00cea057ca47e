package dev.diagbundle.model;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Arrays;
import java.util.Optional;

/// What to look for in lines of logs: a regular expression of RE2
/// (<https://github.com/google/re2/wiki/Syntax>), the syntax that the kubelet demands of a pattern
/// too. A search takes time in proportion to the line, whatever the line holds. Safe for use by
/// many threads.
public final class LinePattern {
  private final Pattern pattern;

  private LinePattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /// The pattern, in which `^` and `$` stand for the edges of a line; empty if it is none.
  public static Optional<LinePattern> parse(String text) {
    try {
      return Optional.of(new LinePattern(Pattern.compile(text, Pattern.MULTILINE)));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  /// Why the text is no pattern; empty if it is one.
  public static Optional<String> fault(String text) {
    try {
      Pattern.compile(text);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(e.getDescription() + ": `" + e.getPattern() + "`");
    }
  }

  /// Whether it is found in the first bytes, taken for UTF-8.
  public boolean isIn(byte[] bytes, int length) {
    Matcher matcher =
        pattern.matcher(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    return matcher.find();
  }

  /// Whether it is found in the text.
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
