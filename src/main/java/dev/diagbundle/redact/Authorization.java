package dev.diagbundle.redact;

import module java.base;

/// Credentials in a header, `Authorization: Bearer …` (RFC 9110, section 11), and after the word
/// `Bearer` or `Basic` alone if they look like credentials.
final class Authorization implements TextRule {
  private static final ByteSet CREDENTIALS = ByteSet.TOKEN.and(".~+/=:");
  private static final ByteSet BETWEEN = ByteSet.of(" \t:=[\\\"'");
  private static final ByteSet HEADER = ByteSet.allBut("\r\n\"'`\\]");
  private static final List<String> SCHEMES =
      List.of("bearer", "basic", "token", "apikey", "digest", "negotiate", "aws4-hmac-sha256");
  private static final int MIN_BARE = 16;
  private static final int MIN_RANDOM = 8;

  @Override
  public String name() {
    return "authorization";
  }

  @Override
  public List<String> literals() {
    return List.of("authorization", "bearer ", "basic ");
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    if (!window.has(start, "authorization")) {
      return window.has(start, "basic") ? basic(window, end) : bearer(window, end);
    }
    int from = window.skip(end, BETWEEN, 40);
    boolean assigned = window.text(end, from).chars().anyMatch(c -> c == ':' || c == '=');
    if (!assigned) {
      return Optional.empty();
    }
    int scheme = window.skip(from, ByteSet.TOKEN, 40);
    boolean known = SCHEMES.stream().anyMatch(name -> isWord(window, from, scheme, name));
    if (known && window.get(scheme) == ' ') {
      int credentials = window.skip(scheme, FieldValue.BLANKS, 8);
      boolean list = isWord(window, from, scheme, "digest") || window.has(from, "aws4");
      var set = list ? HEADER : CREDENTIALS;
      int to = window.skip(credentials, list ? ByteSet.allBut("\r\n") : set);
      var text = window.text(credentials, Math.min(to, credentials + 300));
      return to - credentials < 4 || ValueText.isPlaceholder(text)
          ? Optional.empty()
          : Optional.of(new SecretMatch(credentials, to, set));
    }
    int to = window.skip(from, CREDENTIALS);
    return to - from >= MIN_BARE && ValueText.looksRandom(window.text(from, to))
        ? Optional.of(new SecretMatch(from, to, CREDENTIALS))
        : Optional.empty();
  }

  private static boolean isWord(Window window, int from, int to, String word) {
    return to - from == word.length() && window.has(from, word);
  }

  private static Optional<SecretMatch> bearer(Window window, int end) {
    int from = window.skip(end, FieldValue.BLANKS, 8);
    int to = window.skip(from, CREDENTIALS);
    boolean random =
        to - from >= MIN_RANDOM
            && ValueText.looksRandom(window.text(from, Math.min(to, from + 300)))
            && window.get(to - 1) != ':';
    return random ? Optional.of(new SecretMatch(from, to, CREDENTIALS)) : Optional.empty();
  }

  private static Optional<SecretMatch> basic(Window window, int end) {
    int to = window.skip(end, ByteSet.BASE64);
    return to - end >= 4 && SecretField.isUserAndPassword(window.text(end, to))
        ? Optional.of(new SecretMatch(end, to, ByteSet.BASE64))
        : Optional.empty();
  }
}
