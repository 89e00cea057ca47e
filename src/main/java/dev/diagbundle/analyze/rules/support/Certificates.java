package dev.diagbundle.analyze.rules.support;

import module java.base;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/// Expiry times of certificates.
public final class Certificates {
  private static final int MAX_LENGTH = 1 << 20;
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

  private Certificates() {}

  /// The latest expiry time of the certificates: in a bundle of authorities, one valid certificate
  /// is enough.
  ///
  /// @param text PEM, or base64 of it
  public static Optional<Instant> lastEnd(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      var pem =
          text.contains(BEGIN)
              ? text.getBytes(StandardCharsets.UTF_8)
              : Base64.getMimeDecoder().decode(text);
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      return found.stream()
          .filter(X509Certificate.class::isInstance)
          .map(each -> ((X509Certificate) each).getNotAfter().toInstant())
          .max(Comparator.naturalOrder());
    } catch (CertificateException | IllegalArgumentException _) {
      // No certificate, or one that was redacted.
      return Optional.empty();
    }
  }
}
