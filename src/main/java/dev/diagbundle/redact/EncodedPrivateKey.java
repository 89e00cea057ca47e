package dev.diagbundle.redact;

import module java.base;

/// Base64-encoded PEM private keys, as in `client-key-data` of a kubeconfig and in values of
/// Secrets. Certificates in the same form stay.
final class EncodedPrivateKey implements TextRule {
  /// `-----BEGIN ` in base64, as far as it does not depend on the following bytes.
  private static final String BEGIN = "LS0tLS1CRUdJTi";

  private static final int HEAD = 64;

  @Override
  public String name() {
    return "private-key";
  }

  @Override
  public List<String> literals() {
    return List.of("ls0tls1crudjti");
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    if (!window.text(start, end).equals(BEGIN)) {
      return Optional.empty();
    }
    int head = window.skip(start, ByteSet.BASE64, HEAD);
    int whole = start + (head - start) / 4 * 4;
    return label(window.text(start, whole)).contains("PRIVATE KEY")
        ? Optional.of(new SecretMatch(start, window.skip(head, ByteSet.BASE64), ByteSet.BASE64))
        : Optional.empty();
  }

  private static String label(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      // Padding in the middle: not the beginning of a key.
      return "";
    }
  }
}
