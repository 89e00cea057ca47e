package dev.diagbundle.kubeconfig;

/// A text of PEM blocks (RFC 7468) and where it comes from.
///
/// @param origin for messages, such as `client-key '/home/u/key.pem' of user 'u'`
public record PemText(String text, String origin) {
  /// Omits the text, which may be a private key.
  @Override
  public String toString() {
    return origin;
  }
}
