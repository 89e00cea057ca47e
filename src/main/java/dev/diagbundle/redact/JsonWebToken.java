package dev.diagbundle.redact;

import module java.base;

/// JSON Web Tokens (RFC 7519), signed, unsigned or encrypted: parts in base64url, joined by dots,
/// the first is an object, so it starts with `eyJ`.
final class JsonWebToken implements TextRule {
  private static final ByteSet TEXT = ByteSet.TOKEN.and(".");
  private static final int MIN_HEADER = 10;
  private static final int MAX_INNER_HEADER = 500;
  private static final int MIN_PAYLOAD = 6;

  @Override
  public String name() {
    return "jwt";
  }

  @Override
  public List<String> literals() {
    return List.of("eyj");
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    if (!window.text(start, end).equals("eyJ")) {
      return Optional.empty();
    }
    // In the middle of a word it is unlikely to be one; a text may consist of `eyJeyJeyJ` only.
    boolean begins = !ByteSet.TOKEN.has(window.get(start - 1)) || window.get(start - 2) == '\\';
    int header = window.skip(end, ByteSet.TOKEN, begins ? Window.REACH : MAX_INNER_HEADER);
    if (header - start < MIN_HEADER || window.get(header) != '.') {
      return Optional.empty();
    }
    int payload = window.skip(header + 1, ByteSet.TOKEN);
    if (payload - header <= MIN_PAYLOAD) {
      return Optional.empty();
    }
    int to = window.skip(payload, TEXT);
    // The full stop of a sentence.
    boolean sentence = window.get(to - 1) == '.' && to - 1 > payload;
    return Optional.of(new SecretMatch(start, sentence ? to - 1 : to, TEXT));
  }
}
