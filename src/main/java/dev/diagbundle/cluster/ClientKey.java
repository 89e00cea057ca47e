package dev.diagbundle.cluster;

import module java.base;

import io.fabric8.kubernetes.client.Config;

/// The kind of private key of a kubeconfig's user. PEM of the form `PRIVATE KEY` (PKCS #8, RFC
/// 5958) names the kind inside only, where fabric8 does not look: it takes all of them for RSA.
final class ClientKey {
  /// The object identifier id-ecPublicKey (RFC 5480 section 2.1.1), as in DER.
  private static final String ELLIPTIC_CURVE = "06072a8648ce3d0201";

  private ClientKey() {}

  static boolean isEllipticCurve(Config config) {
    try {
      var pem = pem(config).replaceAll("-----[^-]*-----|\\s", "");
      return HexFormat.of().formatHex(Base64.getDecoder().decode(pem)).contains(ELLIPTIC_CURVE);
    } catch (IOException | IllegalArgumentException e) {
      // Not readable, or not PEM: loading it will report that.
      return false;
    }
  }

  private static String pem(Config config) throws IOException {
    if (config.getClientKeyData() != null) {
      return new String(
          Base64.getDecoder().decode(config.getClientKeyData()), StandardCharsets.ISO_8859_1);
    }
    return config.getClientKeyFile() == null
        ? ""
        : Files.readString(Path.of(config.getClientKeyFile()), StandardCharsets.ISO_8859_1);
  }
}
