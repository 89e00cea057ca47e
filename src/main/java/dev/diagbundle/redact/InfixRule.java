package dev.diagbundle.redact;

import module java.base;

/// Secrets that start before the literal that identifies them: client secrets of Azure (`abc8Q~…`),
/// and passwords in data sources of Go (`user:secret@tcp(host:3306)/db`).
///
/// @param body the bytes that they consist of
/// @param before maximum number of its bytes before the literal
/// @param after minimum number of its bytes after the literal; 0 if the secret ends there
record InfixRule(String name, String literal, ByteSet body, int before, int after)
    implements TextRule {
  @Override
  public List<String> literals() {
    return List.of(literal);
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    int from = window.skipBack(start, body, before);
    if (after == 0) {
      boolean found = from < start && window.get(from - 1) == ':';
      return found && !ValueText.isPlaceholder(window.text(from, start))
          ? Optional.of(new SecretMatch(from, start, ByteSet.of("")))
          : Optional.empty();
    }
    int to = window.skip(end, body);
    return start - from == before && to - end >= after
        ? Optional.of(new SecretMatch(from, to, body))
        : Optional.empty();
  }
}
