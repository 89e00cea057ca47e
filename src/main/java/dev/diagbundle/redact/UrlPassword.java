package dev.diagbundle.redact;

import module java.base;

/// The password in a URL, as in `postgres://shop:secret@db:5432/shop`, and a token in its place
/// (RFC 3986, section 3.2.1).
final class UrlPassword implements TextRule {
  private static final ByteSet AUTHORITY = ByteSet.allBut(" \t\r\n\"'`<>/?#\\{}()|");
  private static final ByteSet PATH = ByteSet.allBut(" \t\r\n\"'`<>?#\\{}()|,;&=");
  private static final int MIN_TOKEN = 16;

  @Override
  public String name() {
    return "url-password";
  }

  @Override
  public List<String> literals() {
    return List.of("://");
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    int stop = window.skip(end, AUTHORITY);
    int at = last(window, end, stop, '@');
    int colon = first(window, end, at < 0 ? stop : at, ':');
    if (at < 0 && colon >= 0 && window.get(stop) == '/' && !isPort(window, colon + 1, stop)) {
      // A password with a slash in it is against the rules, and common.
      int beyond = window.skip(stop, PATH);
      at = last(window, stop, beyond, '@');
    }
    if (at < 0) {
      return Optional.empty();
    }
    if (colon < 0) {
      var user = window.text(end, at);
      return user.length() >= MIN_TOKEN && ValueText.looksRandom(user)
          ? Optional.of(new SecretMatch(end, at, AUTHORITY))
          : Optional.empty();
    }
    return ValueText.isPlaceholder(window.text(colon + 1, at))
        ? Optional.empty()
        : Optional.of(new SecretMatch(colon + 1, at, AUTHORITY));
  }

  private static boolean isPort(Window window, int from, int to) {
    for (int i = from; i < to; i++) {
      if (window.get(i) < '0' || window.get(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static int first(Window window, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (window.get(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int last(Window window, int from, int to, char wanted) {
    for (int i = to - 1; i >= from; i--) {
      if (window.get(i) == wanted) {
        return i;
      }
    }
    return -1;
  }
}
