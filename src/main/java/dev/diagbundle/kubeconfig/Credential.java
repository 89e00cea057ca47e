package dev.diagbundle.kubeconfig;

import module java.base;

/// The credentials of one moment.
///
/// @param authorization value of the header `Authorization`; empty for none
/// @param certificate of the client, for TLS; empty for none
public record Credential(Optional<String> authorization, Optional<ClientCertificate> certificate) {
  public static final Credential NONE = new Credential(Optional.empty(), Optional.empty());

  /// A client certificate with its chain, and its private key.
  public record ClientCertificate(PemText chain, PemText key) {}

  /// Returns whether a text can be sent as the value of a header: no control characters, and only
  /// those of ASCII.
  public static boolean isSendable(String text) {
    return text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  /// Omits the secrets.
  @Override
  public String toString() {
    return "Credential[authorization=" + authorization.isPresent() + ", " + certificate + "]";
  }
}
