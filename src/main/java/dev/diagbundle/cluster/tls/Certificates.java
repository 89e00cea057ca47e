package dev.diagbundle.cluster.tls;

import module java.base;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/// X.509 certificates from PEM.
final class Certificates {
  private Certificates() {}

  /// The certificates of the text in its order. As in Go's `CertPool`, a block that is no
  /// certificate is passed over, and each certificate occurs once.
  static Set<X509Certificate> readable(String text) {
    var certificates = new LinkedHashSet<X509Certificate>();
    for (var block : PemBlock.all(text)) {
      if (block.isCertificate()) {
        parsed(block.bytes()).ifPresent(certificates::add);
      }
    }
    return certificates;
  }

  private static Optional<X509Certificate> parsed(byte[] der) {
    try {
      return Optional.of(of(der));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  static X509Certificate of(byte[] der) throws CertificateException {
    var certificate =
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    return (X509Certificate) certificate;
  }
}
