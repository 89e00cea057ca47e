package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.kubeconfig.Credential.ClientCertificate;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Ticker;

/// Credentials of a kubeconfig or of the files that it names. Token files are read again about
/// every minute, certificate files every five minutes, and both after a rejection, as in client-go.
final class StoredCredentials implements CredentialSource {
  /// One minute, less the ten seconds at its end that client-go does not trust.
  private static final Duration TOKEN_PERIOD = Duration.ofSeconds(50);

  private static final Duration CERTIFICATE_PERIOD = Duration.ofMinutes(5);

  private final Reread<Optional<String>> authorization;
  private final Reread<Optional<ClientCertificate>> certificate;

  /// Reads both.
  ///
  /// @param authorization reader of the header's value
  /// @throws DiagbundleException if a file cannot be read
  StoredCredentials(
      Reread.Reader<Optional<String>> authorization,
      Reread.Reader<Optional<ClientCertificate>> certificate,
      Ticker ticker)
      throws DiagbundleException {
    this.authorization = new Reread<>(authorization, TOKEN_PERIOD, ticker);
    this.certificate = new Reread<>(certificate, CERTIFICATE_PERIOD, ticker);
  }

  @Override
  public Credential current() {
    return new Credential(authorization.get(), certificate.get());
  }

  @Override
  public boolean renew(Credential rejected) {
    if (current().equals(rejected)) {
      authorization.refresh();
      certificate.refresh();
    }
    return !current().equals(rejected);
  }
}
