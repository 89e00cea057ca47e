package dev.diagbundle.cli.access;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority with the certificates and keys of servers and clients, in the forms in
/// which people have them.
final class AccessKeys {
  private static final X500Name AUTHORITY = new X500Name("CN=test-authority");

  private final KeyPair authority = pair("EC", 256);
  private final X509Certificate root;
  private long serial = 1;

  /// A certificate with its key.
  record Identity(X509Certificate certificate, KeyPair pair) {
    String certificatePem() throws IOException {
      return pem(certificate);
    }

    /// The key in the form of its algorithm: `EC PRIVATE KEY` (RFC 5915), `RSA PRIVATE KEY` (RFC
    /// 8017).
    String traditionalKeyPem() throws IOException {
      return pem(pair.getPrivate());
    }

    /// The key in the form `PRIVATE KEY` (RFC 5958).
    String keyPem() throws IOException {
      return pem(new JcaPKCS8Generator(pair.getPrivate(), null));
    }
  }

  AccessKeys() throws GeneralSecurityException, IOException {
    root = signed(AUTHORITY, authority, true, List.of());
  }

  static KeyPair pair(String algorithm, int size) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(algorithm);
    if (size > 0) {
      generator.initialize(size);
    }
    return generator.generateKeyPair();
  }

  String authorityPem() throws IOException {
    return pem(root);
  }

  static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /// @param names such as `127.0.0.1` and `*.example`
  Identity server(String... names) throws GeneralSecurityException, IOException {
    var all =
        List.of(names).stream()
            .map(name ->
                new GeneralName(
                    name.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName,
                    name))
            .toList();
    var pair = pair("EC", 256);
    return new Identity(signed(new X500Name("CN=server"), pair, false, all), pair);
  }

  Identity client(String name, KeyPair pair) throws GeneralSecurityException, IOException {
    return new Identity(signed(new X500Name("CN=" + name), pair, false, List.of()), pair);
  }

  private X509Certificate signed(
      X500Name subject, KeyPair pair, boolean authority, List<GeneralName> names)
      throws GeneralSecurityException, IOException {
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            AUTHORITY,
            BigInteger.valueOf(serial++),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            subject,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (!names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(names.toArray(GeneralName[]::new)));
    }
    try {
      var signer =
          new JcaContentSignerBuilder("SHA256withECDSA").build(this.authority.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /// What a server needs to be this one, and to know the clients of this authority.
  SSLContext context(Identity server) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        server.pair().getPrivate(),
        new char[0],
        new X509Certificate[] {server.certificate()});
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("root", root);
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static String pem(Object object) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
