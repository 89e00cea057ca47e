package dev.diagbundle.cluster.tls;

import module java.base;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The decision on a server's certificate: issued by a trusted authority, or one itself, and valid
/// now. As in Go, any certificate in the authorities' file is trusted, a server's own too, and one
/// that has expired trusts nothing. The name in it is verified elsewhere. Safe for use by many
/// threads.
final class ServerTrust extends X509ExtendedTrustManager {
  private final String origin;
  private final Callable<Set<X509Certificate>> source;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable X509ExtendedTrustManager authorities;

  private ServerTrust(String origin, Callable<Set<X509Certificate>> source) {
    this.origin = origin;
    this.source = source;
  }

  /// The decision by these settings.
  ///
  /// @throws DiagbundleException if the authorities cannot be read
  static X509ExtendedTrustManager of(ClusterConnection.Tls tls) throws DiagbundleException {
    if (tls.insecure()) {
      return new AnyServer();
    }
    if (tls.authorities().isEmpty()) {
      // Read when the first server is there: that takes a while.
      return new ServerTrust(
          "this machine's trust store",
          () -> MachineAuthorities.find(System.getProperty("os.name", ""), System.getenv()));
    }
    var text = tls.authorities().get();
    var certificates = Certificates.readable(text.text());
    if (certificates.isEmpty()) {
      throw new DiagbundleException(
          Problem.usage(
              text.origin()
                  + " contains no certificate, but "
                  + PemBlock.labels(PemBlock.all(text.text()))));
    }
    return new ServerTrust(text.origin(), () -> certificates);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, trusted -> trusted.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, trusted -> trusted.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, trusted -> trusted.checkServerTrusted(chain, authType));
  }

  private interface Check {
    void by(X509ExtendedTrustManager trusted) throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check check) throws CertificateException {
    requireTime(chain[0]);
    try {
      check.by(authorities());
    } catch (CertificateException e) {
      if (e.getCause() instanceof CertPathBuilderException
          && !(e.getCause().getCause() instanceof CertPathValidatorException)) {
        throw problem(
            "the certificate of the server is not trusted: "
                + chain[chain.length - 1].getIssuerX500Principal()
                + " is not among the authorities of "
                + origin,
            e);
      }
      throw e;
    }
  }

  /// The JDK does not look at the time of a server's certificate that is itself trusted.
  private static void requireTime(X509Certificate server) throws CertificateException {
    try {
      server.checkValidity();
    } catch (CertificateExpiredException e) {
      throw problem(
          "the certificate of the server expired on " + server.getNotAfter().toInstant(), e);
    } catch (CertificateNotYetValidException e) {
      throw problem(
          "the certificate of the server is not valid before " + server.getNotBefore().toInstant(),
          e);
    }
  }

  /// A failure whose message is not hidden by the one of its cause.
  private static CertificateException problem(String message, Exception cause) {
    var problem = new CertificateException(message);
    problem.addSuppressed(cause);
    return problem;
  }

  private X509ExtendedTrustManager authorities() throws CertificateException {
    lock.lock();
    try {
      var trusted = authorities;
      if (trusted == null) {
        trusted = trusting(valid(source.call()));
        authorities = trusted;
      }
      return trusted;
    } catch (CertificateException e) {
      throw e;
    } catch (Exception e) {
      throw problem("the authorities of " + origin + " cannot be used", e);
    } finally {
      lock.unlock();
    }
  }

  /// The certificates that are valid now: the JDK does not look at the time of an authority.
  private Set<X509Certificate> valid(Set<X509Certificate> certificates)
      throws CertificateException {
    var valid = new LinkedHashSet<X509Certificate>();
    Optional<CertificateException> cause = Optional.empty();
    for (var certificate : certificates) {
      try {
        certificate.checkValidity();
        valid.add(certificate);
      } catch (CertificateExpiredException | CertificateNotYetValidException e) {
        cause = Optional.of(e);
      }
    }
    if (valid.isEmpty() && cause.isPresent()) {
      throw problem(
          "no certificate of " + origin + " is valid now: " + cause.get().getMessage(),
          cause.get());
    }
    return valid;
  }

  private static X509ExtendedTrustManager trusting(Set<X509Certificate> certificates)
      throws GeneralSecurityException, IOException {
    var factory = TrustManagerFactory.getInstance("PKIX");
    if (certificates.isEmpty()) {
      factory.init((KeyStore) null);
    } else {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      int number = 0;
      for (var certificate : certificates) {
        store.setCertificateEntry("authority-" + number++, certificate);
      }
      factory.init(store);
    }
    for (var candidate : factory.getTrustManagers()) {
      if (candidate instanceof X509ExtendedTrustManager trusted) {
        return trusted;
      }
    }
    throw new NoSuchAlgorithmException("PKIX");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("not a server");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
