package dev.diagbundle.redact;

import module java.base;

/// Tokens with a known prefix, such as GitHub's `ghp_…`.
///
/// @param prefix as it is spelt; another case is no token
/// @param body the bytes that the rest of a token consists of
/// @param min minimum length of the rest
record TokenRule(String name, String prefix, ByteSet body, int min) implements TextRule {
  @Override
  public List<String> literals() {
    return List.of(prefix.toLowerCase(Locale.ROOT));
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    if (!window.text(start, end).equals(prefix) || ByteSet.TOKEN.has(window.get(start - 1))) {
      return Optional.empty();
    }
    int to = window.skip(end, body);
    return to - end >= min ? Optional.of(new SecretMatch(start, to, body)) : Optional.empty();
  }
}
