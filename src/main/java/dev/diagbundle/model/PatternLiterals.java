package dev.diagbundle.model;

import module java.base;

/// A parser that extracts from a regular expression of RE2 texts, one of which is in every match,
/// so that lines without any of them need not be matched. It never guesses: unknown syntax yields
/// none.
final class PatternLiterals {
  private static final String ENDING = "dDsSwWbBAzntrfva";

  private final String pattern;
  private final boolean anyCase;
  private final List<String> found = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private String best = "";

  private PatternLiterals(String pattern) {
    this.pattern = pattern;
    this.anyCase = pattern.contains("(?");
  }

  /// One text for each alternative; empty if some alternative has none of this length.
  static List<String> of(String pattern, int minLength) {
    var literals = new PatternLiterals(pattern);
    return literals.read()
            && literals.found.stream().allMatch(literal -> literal.length() >= minLength)
        ? List.copyOf(literals.found)
        : List.of();
  }

  private boolean read() {
    int depth = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '\\' -> {
          i++;
          if (i >= pattern.length()) {
            return false;
          }
          char escaped = pattern.charAt(i);
          if (!Character.isLetterOrDigit(escaped)) {
            literal(escaped, depth);
          } else if (ENDING.indexOf(escaped) >= 0) {
            end();
          } else {
            return false;
          }
        }
        case '[' -> {
          end();
          i = endOfSet(i);
          if (i < 0) {
            return false;
          }
        }
        case '(' -> {
          end();
          depth++;
        }
        case ')' -> {
          end();
          depth--;
        }
        case '{' -> {
          unsure();
          i = pattern.indexOf('}', i);
          if (i < 0) {
            return false;
          }
        }
        case '*', '?' -> unsure();
        case '.', '^', '$', '+' -> end();
        case '|' -> {
          end();
          if (depth == 0) {
            alternative();
          }
        }
        default -> literal(c, depth);
      }
    }
    end();
    alternative();
    return true;
  }

  private void literal(char c, int depth) {
    // Beyond ASCII it takes more than one bit to tell upper from lower case.
    if (depth > 0 || (anyCase && c > 0x7f)) {
      end();
    } else {
      run.append(c);
    }
  }

  /// The character before may be missing.
  private void unsure() {
    if (!run.isEmpty()) {
      run.setLength(
          run.length() - (Character.isLowSurrogate(run.charAt(run.length() - 1)) ? 2 : 1));
    }
    end();
  }

  private void end() {
    if (run.length() > best.length()) {
      best = run.toString();
    }
    run.setLength(0);
  }

  private void alternative() {
    found.add(best);
    best = "";
  }

  /// @return the index of the bracket that closes the set; -1 if there is none
  private int endOfSet(int from) {
    int at = from + 1;
    at += at < pattern.length() && pattern.charAt(at) == '^' ? 1 : 0;
    // A bracket in first position is a literal.
    at += at < pattern.length() && pattern.charAt(at) == ']' ? 1 : 0;
    for (; at < pattern.length(); at++) {
      char c = pattern.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[' && pattern.startsWith("[:", at)) {
        at = pattern.indexOf(":]", at);
        if (at < 0) {
          return -1;
        }
        at++;
      } else if (c == ']') {
        return at;
      }
    }
    return -1;
  }
}
