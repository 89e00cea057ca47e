package dev.diagbundle.redact;

import module java.base;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/// A user-defined pattern, matched in the line around a literal: at most [Window#CONTEXT] bytes
/// before it and 2,000 after it. A match counts if it contains the literal; its first group is the
/// secret, or the whole match if it has none. Bytes are treated as characters.
record LineRule(String name, String literal, Pattern pattern) implements TextRule {
  private static final ByteSet LINE = ByteSet.allBut("\n");
  private static final int MAX = 2_000;

  @Override
  public List<String> literals() {
    return List.of(literal);
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    int begin = window.skipBack(start, LINE, Window.CONTEXT);
    int stop = window.skip(end, LINE, MAX);
    Matcher matcher = pattern.matcher(window.text(begin, stop));
    while (matcher.find()) {
      if (matcher.end() == matcher.start() || begin + matcher.end() < end) {
        continue;
      }
      if (begin + matcher.start() > start) {
        return Optional.empty();
      }
      int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
      return Optional.of(
          new SecretMatch(
              begin + matcher.start(group), begin + matcher.end(group), ByteSet.of("")));
    }
    return Optional.empty();
  }
}
