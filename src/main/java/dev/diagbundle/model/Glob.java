package dev.diagbundle.model;

import module java.base;

import java.util.regex.Pattern;

/// A pattern over names or `/`-separated paths: `?` is one character and `*` any number of them
/// within a segment, `**` any number of segments, `[abc]` one of several, `{a,b}` one alternative.
///
/// @param pattern as written, for example `kubelet/**`
public record Glob(String pattern) {
  /// @throws IllegalArgumentException if the pattern is not well formed; see [#problem]
  public Glob {
    problem(pattern)
        .ifPresent(problem -> {
          throw new IllegalArgumentException("bad glob '" + pattern + "': " + problem);
        });
  }

  /// The problem of the pattern, if it has one.
  public static Optional<String> problem(String pattern) {
    if (pattern.isEmpty()) {
      return Optional.of("it is empty");
    }
    try {
      Pattern.compile(regex(pattern), Pattern.DOTALL);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(e.getDescription());
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// A reusable matcher for tests of many names.
  public java.util.function.Predicate<String> matcher() {
    return Pattern.compile(regex(pattern), Pattern.DOTALL).asMatchPredicate();
  }

  /// The same, in time that grows with the length of the name only and never with backtracking of
  /// the pattern: for untrusted patterns.
  public java.util.function.Predicate<String> linearMatcher() {
    var compiled = com.google.re2j.Pattern.compile(regex(pattern), com.google.re2j.Pattern.DOTALL);
    return name -> compiled.matcher(name).matches();
  }

  public boolean matches(String path) {
    return matcher().test(path);
  }

  /// Returns whether something below the folder `directory` (without a slash at its end) could
  /// match.
  @SuppressWarnings("JdkObsolete") // whether more input could still match is what hitEnd says
  public boolean couldMatchBelow(String directory) {
    var matcher = Pattern.compile(regex(pattern), Pattern.DOTALL).matcher(directory + "/");
    // A match that fails only because the text ended could have gone on.
    return matcher.matches() || matcher.hitEnd();
  }

  private static String regex(String glob) {
    var regex = new StringBuilder();
    int braces = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> i = star(glob, i, regex);
        case '?' -> regex.append("[^/]");
        case '[' -> i = characterClass(glob, i, regex);
        case '{' -> {
          braces++;
          regex.append("(?:");
        }
        case '}' -> {
          braces--;
          if (braces < 0) {
            throw new IllegalArgumentException("unmatched '}'");
          }
          regex.append(')');
        }
        case ',' -> regex.append(braces > 0 ? "|" : ",");
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    if (braces > 0) {
      throw new IllegalArgumentException("unmatched '{'");
    }
    return regex.toString();
  }

  private static int star(String glob, int at, StringBuilder regex) {
    if (!glob.startsWith("**", at)) {
      regex.append("[^/]*");
      return at;
    }
    if (glob.startsWith("**/", at) && (at == 0 || glob.charAt(at - 1) == '/')) {
      regex.append("(?:[^/]+/)*");
      return at + 2;
    }
    regex.append(".*");
    return at + 1;
  }

  private static int characterClass(String glob, int at, StringBuilder regex) {
    int end = glob.indexOf(']', at + 2);
    if (end < 0) {
      throw new IllegalArgumentException("unmatched '['");
    }
    var members = glob.substring(at + 1, end);
    boolean negated = members.startsWith("!") || members.startsWith("^");
    regex
        .append(negated ? "[^/" : "[")
        .append(members.substring(negated ? 1 : 0).replaceAll("([\\\\\\[\\]&^])", "\\\\$1"))
        .append(']');
    return end;
  }
}
