package dev.diagbundle.testing;

import dev.diagbundle.kubeconfig.Credential.ClientCertificate;
import dev.diagbundle.kubeconfig.PemText;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
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
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates with their keys, made in memory.
public final class TestPki {
  private static final AtomicLong SERIAL = new AtomicLong(1);
  private static final Duration YEAR = Duration.ofDays(365);

  /// A certificate, its key and the rest of its chain.
  public record Issued(X509Certificate certificate, KeyPair keys, List<X509Certificate> above) {
    public PemText pem() throws GeneralSecurityException {
      return new PemText(text("CERTIFICATE", certificate.getEncoded()), "the test's certificate");
    }

    public ClientCertificate client() throws GeneralSecurityException {
      return new ClientCertificate(
          pem(),
          new PemText(text("PRIVATE KEY", keys.getPrivate().getEncoded()), "the test's key"));
    }

    public PemText key() {
      return new PemText(text("PRIVATE KEY", keys.getPrivate().getEncoded()), "the test's key");
    }

    /// The context of a server that shows this, and takes a client's certificate unseen.
    public SSLContext server() throws GeneralSecurityException, IOException {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      var chain = new java.util.ArrayList<>(List.of(certificate));
      chain.addAll(above);
      store.setKeyEntry(
          "server", keys.getPrivate(), new char[0], chain.toArray(X509Certificate[]::new));
      var factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, new char[0]);
      var context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), new TrustManager[] {new AnyClient()}, null);
      return context;
    }
  }

  private TestPki() {}

  public static Issued authority(String name) throws Exception {
    return authority(name, Instant.now().plus(YEAR));
  }

  public static Issued authority(String name, Instant end) throws Exception {
    var keys = keys("EC");
    return new Issued(sign(name, keys, name, keys, true, end), keys, List.of());
  }

  /// A certificate of an authority.
  ///
  /// @param names of the server: an IP address after `ip:`
  public static Issued issue(Issued authority, String subject, String... names) throws Exception {
    return issue(authority, subject, "EC", Instant.now().plus(YEAR), names);
  }

  public static Issued issue(
      Issued authority, String subject, String algorithm, Instant end, String... names)
      throws Exception {
    var keys = keys(algorithm);
    var issuer = authority.certificate().getSubjectX500Principal().getName().substring(3);
    return new Issued(
        sign(subject, keys, issuer, authority.keys(), false, end, names), keys, List.of());
  }

  /// A certificate that nobody but its owner signed, and which is no authority's.
  public static Issued selfSigned(String subject, String... names) throws Exception {
    var keys = keys("EC");
    var end = Instant.now().plus(YEAR);
    return new Issued(sign(subject, keys, subject, keys, false, end, names), keys, List.of());
  }

  private static KeyPair keys(String algorithm) throws GeneralSecurityException {
    var parts = algorithm.split("-", -1);
    var generator = KeyPairGenerator.getInstance(parts[0]);
    if (parts.length > 1) {
      generator.initialize(Integer.parseInt(parts[1]));
    } else if (algorithm.equals("EC")) {
      generator.initialize(256);
    }
    return generator.generateKeyPair();
  }

  private static X509Certificate sign(
      String subject,
      KeyPair keys,
      String issuer,
      KeyPair issuerKeys,
      boolean authority,
      Instant end,
      String... names)
      throws GeneralSecurityException, IOException, OperatorCreationException {
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=" + issuer),
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(end.minus(YEAR.multipliedBy(2))),
            Date.from(end),
            new X500Principal("CN=" + subject),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (names.length > 0) {
      var all = new GeneralName[names.length];
      for (int i = 0; i < names.length; i++) {
        all[i] =
            names[i].startsWith("ip:")
                ? new GeneralName(GeneralName.iPAddress, names[i].substring(3))
                : new GeneralName(GeneralName.dNSName, names[i]);
      }
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
    }
    var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }

  private static String text(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static final class AnyClient extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
