package dev.diagbundle.redact;

import module java.base;

/// Objects whose every value may be secret, whatever their names: `stringData` of a Secret, `data`
/// of one that contains its kind, and `staticPodURLHeader` of a kubelet. All their members are
/// replaced.
///
/// @param field in lower case
/// @param near text that must be near it, in lower case; empty for none
record ObjectValues(String name, String field, String near) implements TextRule {
  private static final ByteSet MEMBERS = ByteSet.allBut("{}\n");
  private static final ByteSet BETWEEN = ByteSet.of("\\\"' :");
  private static final ByteSet LINE = ByteSet.allBut("\n");
  private static final ByteSet BACKSLASHES = ByteSet.of("\\");
  private static final int MAX_NEAR = 2_000;
  private static final int MAX_BACKSLASHES = 64;

  @Override
  public List<String> literals() {
    return List.of(field + "\"", field + "\\");
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    int open = window.skip(end, BETWEEN, 40);
    if (window.get(open) != '{' || ByteSet.TOKEN.has(window.get(start - 1))) {
      return Optional.empty();
    }
    int to = window.skip(open + 1, MEMBERS);
    if (to == open + 1 || (!near.isEmpty() && !isNear(window, start, to))) {
      return Optional.empty();
    }
    int quote = start + field.length();
    var mark = SecretMatch.quote(window.skip(quote, BACKSLASHES, MAX_BACKSLASHES) - quote);
    var before = mark + "redacted" + mark + ":" + mark;
    if (isStandIn(window.text(open + 1, Math.min(to, open + 201)), before, mark)) {
      return Optional.empty();
    }
    return Optional.of(new SecretMatch(open + 1, to, MEMBERS, before, mark));
  }

  /// Returns whether it is the result of an earlier redaction, possibly surrounded by blanks.
  private static boolean isStandIn(String members, String before, String after) {
    var standIn = before + "[redacted:";
    var text = members.strip();
    return text.startsWith(standIn)
        && text.endsWith("]" + after)
        && text.indexOf(']') == text.length() - 1 - after.length();
  }

  /// `"kind":"Secret"` follows `data` in alphabetical order, and precedes it in most lists.
  private boolean isNear(Window window, int start, int to) {
    int from = window.skipBack(start, LINE, Window.CONTEXT);
    int stop = window.skip(to, LINE, MAX_NEAR);
    var text = window.text(from, stop).replace("\\", "").replace(" ", "").replace("\"", "");
    return text.toLowerCase(Locale.ROOT).contains(near);
  }
}
