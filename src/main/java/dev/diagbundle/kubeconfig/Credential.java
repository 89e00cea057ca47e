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

  /// Omits the secrets.
  @Override
  public String toString() {
    return "Credential[authorization=" + authorization.isPresent() + ", " + certificate + "]";
  }
}
