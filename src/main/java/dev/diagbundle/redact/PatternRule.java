package dev.diagbundle.redact;

import module java.base;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/// A regular expression of RE2, which takes linear time, that is tried from a literal on; its first
/// group is the secret, or the whole match if it has none. Bytes are treated as characters, at most
/// 2,000 of one line.
///
/// @param literals positions to try it at: it must match from the literal's start
/// @param rest bytes that follow a secret that is longer than that
/// @param reach number of visible bytes after the literal: the cost of a hostile line
/// @param needed text that must be there, else the expression is not tried; empty for none
record PatternRule(
    String name,
    List<String> literals,
    Pattern pattern,
    ByteSet rest,
    int reach,
    List<String> needed)
    implements TextRule {
  private static final ByteSet LINE = ByteSet.allBut("\n");
  private static final int MAX = 2_000;

  PatternRule {
    literals = List.copyOf(literals);
    needed = List.copyOf(needed);
  }

  PatternRule(String name, String pattern, String... literals) {
    this(name, List.of(literals), Pattern.compile(pattern), ByteSet.WORD, MAX, List.of());
  }

  /// The rule with the same expression, but a shorter reach.
  PatternRule within(int reach, String... needed) {
    return new PatternRule(name, literals, pattern, rest, reach, List.of(needed));
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    int stop = window.skip(end, LINE, reach);
    var text = window.text(start, stop);
    if (!needed.isEmpty() && needed.stream().noneMatch(text::contains)) {
      return Optional.empty();
    }
    Matcher matcher = pattern.matcher(text);
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
    int from = start + matcher.start(group);
    int to = start + matcher.end(group);
    return ValueText.isPlaceholder(window.text(from, to))
        ? Optional.empty()
        : Optional.of(new SecretMatch(from, to == stop ? window.skip(to, rest) : to, rest));
  }
}
