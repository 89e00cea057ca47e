package dev.diagbundle.cluster.tls;

import module java.base;

import dev.diagbundle.kubeconfig.Credential.ClientCertificate;
import dev.diagbundle.kubeconfig.PemText;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// A client certificate with its key, as TLS presents it. It is presented whatever authorities the
/// server names, as kubectl does. Safe for use by many threads.
public final class ClientIdentity extends X509ExtendedKeyManager {
  private static final String ALIAS = "client";

  private final X509Certificate[] chain;
  private final PrivateKey key;

  private ClientIdentity(X509Certificate[] chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /// Reads a client certificate and its key.
  ///
  /// @throws DiagbundleException if one of them cannot be read, or they do not belong together
  public static ClientIdentity of(ClientCertificate certificate) throws DiagbundleException {
    var chain = chain(certificate.chain());
    var key = PrivateKeyReader.read(certificate.key());
    if (!belongs(key, chain[0].getPublicKey())) {
      throw problem(certificate.key(), "does not belong to " + certificate.chain().origin());
    }
    return new ClientIdentity(chain, key);
  }

  private static X509Certificate[] chain(PemText text) throws DiagbundleException {
    var chain = new ArrayList<X509Certificate>();
    var blocks = PemBlock.all(text.text());
    for (var block : blocks) {
      if (block.isCertificate()) {
        try {
          chain.add(Certificates.of(block.bytes()));
        } catch (CertificateException e) {
          throw new DiagbundleException(
              Problem.usage(text.origin() + ": certificate " + (chain.size() + 1) + " is damaged"),
              e);
        }
      }
    }
    if (chain.isEmpty()) {
      throw problem(text, "contains no certificate, but " + PemBlock.labels(blocks));
    }
    return chain.toArray(X509Certificate[]::new);
  }

  private static boolean belongs(PrivateKey key, PublicKey other) {
    if (key instanceof RSAPrivateKey mine) {
      return other instanceof RSAPublicKey its && mine.getModulus().equals(its.getModulus());
    }
    if (!key.getAlgorithm().equals(other.getAlgorithm())) {
      return false;
    }
    try {
      var name = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
      var signer = Signature.getInstance(name);
      signer.initSign(key);
      signer.update((byte) 1);
      var signature = signer.sign();
      signer.initVerify(other);
      signer.update((byte) 1);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      // Keys on different curves.
      return false;
    }
  }

  private static DiagbundleException problem(PemText text, String fact) {
    return new DiagbundleException(Problem.usage(text.origin() + " " + fact));
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return List.of(keyTypes).contains(key.getAlgorithm()) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return chooseClientAlias(keyTypes, issuers, null);
  }

  @Override
  public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return chain.clone();
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return key;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
