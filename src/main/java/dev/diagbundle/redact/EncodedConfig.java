package dev.diagbundle.redact;

import module java.base;

/// Base64-encoded configurations with credentials: kubeconfigs, keys of service accounts of Google
/// Cloud, logins of docker. A text with the same start but without credentials stays.
///
/// @param head its base64 prefix, as far as it does not depend on the following bytes
/// @param marks texts, one of which is in it if it contains credentials
record EncodedConfig(String name, String head, List<String> marks) implements TextRule {
  /// The start of the output of `kubectl config view --raw`, in base64.
  static final String YAML_VERSION = "YXBpVmVyc2lvbjog";

  private static final int MAX_BACK = 1;

  EncodedConfig {
    marks = List.copyOf(marks);
  }

  @Override
  public List<String> literals() {
    return List.of(head.toLowerCase(Locale.ROOT));
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    boolean inside = window.skipBack(start, ByteSet.TOKEN, MAX_BACK) < start;
    if (inside || !window.text(start, end).equals(head)) {
      return Optional.empty();
    }
    int to = lines(window, start);
    return holdsCredentials(window.text(start, to))
        ? Optional.of(new SecretMatch(start, to, ByteSet.BASE64))
        : Optional.empty();
  }

  /// The end of the base64 text, across lines of equal length as `base64` wraps them.
  private static int lines(Window window, int start) {
    int to = window.skip(start, ByteSet.BASE64);
    int width = to - start;
    int last = width;
    while (last == width && width >= 60 && window.get(to) == '\n') {
      int next = window.skip(to + 1, ByteSet.BASE64, width + 1);
      last = next - to - 1;
      if (last == 0 || last > width) {
        break;
      }
      to = next;
    }
    return to;
  }

  private boolean holdsCredentials(String base64) {
    var packed = base64.replaceAll("[\\n=]", "");
    try {
      var whole = packed.substring(0, packed.length() / 4 * 4);
      var text = new String(Base64.getDecoder().decode(whole), StandardCharsets.ISO_8859_1);
      return marks.stream().anyMatch(text::contains);
    } catch (IllegalArgumentException e) {
      // `=` in the middle: two values in a row, or none at all.
      return false;
    }
  }
}
