package dev.diagbundle.cluster.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.kubeconfig.Credential.ClientCertificate;
import dev.diagbundle.kubeconfig.PemText;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Client certificates and keys as OpenSSL and ssh-keygen write them.
final class ClientIdentityTest {
  @ParameterizedTest
  @CsvSource({
    "rsa, rsa-pkcs1, RSA",
    "rsa, rsa-pkcs8, RSA",
    "p256, p256-sec1, EC",
    "p256, p256-sec1-parameters, EC",
    "p256, p256-pkcs8, EC",
    "p384, p384-sec1, EC",
    "p384, p384-sec1-parameters, EC",
    "p384, p384-pkcs8, EC",
    "p521, p521-sec1, EC",
    "p521, p521-sec1-parameters, EC",
    "p521, p521-pkcs8, EC",
    "ed25519, ed25519-pkcs8, EdDSA"
  })
  void keyIsReadInTheFormsOfGo(String certificate, String key, String algorithm) throws Exception {
    var identity = identity(text(certificate + ".crt"), text(key + ".key"));
    assertEquals(algorithm, identity.getPrivateKey("").getAlgorithm());
    assertEquals(
        "CN=" + certificate,
        identity.getCertificateChain("")[0].getSubjectX500Principal().getName());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dsa-pkcs8|PRIVATE KEY of the algorithm DSA is not supported",
        "ed448|PRIVATE KEY of the algorithm Ed448 is not supported",
        "rsa-pss|PRIVATE KEY of the algorithm RSASSA-PSS is not supported",
        "openssh|OPENSSH PRIVATE KEY is not supported",
        "secp256k1-sec1|EC PRIVATE KEY on the curve secp256k1 is not supported; P-256, P-384 and"
            + " P-521 are",
        "secp256k1-pkcs8|PRIVATE KEY on the curve secp256k1 is not supported; P-256, P-384 and"
            + " P-521 are",
        "p256-explicit|EC PRIVATE KEY with a curve that has no name is not supported",
        "encrypted-pkcs1|encrypted RSA PRIVATE KEY is not supported",
        "encrypted-pkcs8|encrypted PRIVATE KEY is not supported"
      })
  void otherKeyIsRefusedByItsForm(String key, String fact) {
    assertEquals(
        "client-key 'k' of user 'u': " + fact, refusal(text("rsa.crt"), text(key + ".key")));
  }

  @Test
  void dsaKeyOfTheOldFormIsRefusedByItsLabel() {
    var key = text("dsa-pkcs8.key").replace("PRIVATE KEY", "DSA PRIVATE KEY");
    assertEquals(
        "client-key 'k' of user 'u': DSA PRIVATE KEY is not supported",
        refusal(text("rsa.crt"), key));
  }

  @Test
  void labelDoesNotMatter() throws Exception {
    var key = text("p256-pkcs8.key").replace("PRIVATE KEY", "RSA PRIVATE KEY");
    assertEquals("EC", identity(text("p256.crt"), key).getPrivateKey("").getAlgorithm());
  }

  @Test
  void certificateAndKeyAreFoundInOneFileWithOtherText() throws Exception {
    var both =
        "Bag Attributes\n    friendlyName: x\n"
            + text("p384-sec1-parameters.key").replace("\n", "\r\n")
            + "subject=CN = p384\n\n"
            + text("p384.crt")
            + text("rsa.crt")
            + "the end";
    var identity = identity(both, both);
    assertEquals(
        List.of("CN=p384", "CN=rsa"),
        List.of(identity.getCertificateChain("")).stream()
            .map(certificate -> certificate.getSubjectX500Principal().getName())
            .toList());
  }

  @ParameterizedTest
  @CsvSource({"rsa, p256-sec1", "p256, rsa-pkcs1", "p256, p384-sec1", "p256, ed25519-pkcs8"})
  void keyOfAnotherCertificateIsRefused(String certificate, String key) {
    assertEquals(
        "client-key 'k' of user 'u' does not belong to client-certificate 'c' of user 'u'",
        refusal(text(certificate + ".crt"), text(key + ".key")));
  }

  @Test
  void keyOfTheSameKindIsComparedByItsNumbers() {
    assertEquals(
        "client-key 'k' of user 'u' does not belong to client-certificate 'c' of user 'u'",
        refusal(text("p256.crt"), text("other-p256.key")));
  }

  @Test
  void fileWithoutAKeyIsDescribed() {
    assertEquals(
        "client-key 'k' of user 'u' contains no private key, but CERTIFICATE",
        refusal(text("rsa.crt"), text("rsa.crt")));
  }

  @Test
  void fileWithoutACertificateIsDescribed() {
    assertEquals(
        "client-certificate 'c' of user 'u' contains no certificate, but RSA PRIVATE KEY",
        refusal(text("rsa-pkcs1.key"), text("rsa-pkcs1.key")));
    assertEquals(
        "client-certificate 'c' of user 'u' contains no certificate, but no PEM block",
        refusal("MIIC", text("rsa-pkcs1.key")));
  }

  @Test
  void truncatedKeyIsReportedWithoutTheParsersWords() {
    var lines = text("rsa-pkcs1.key").lines().toList();
    var key = String.join("\n", lines.get(0), lines.get(1), lines.getLast());
    assertEquals(
        "client-key 'k' of user 'u': RSA PRIVATE KEY is damaged", refusal(text("rsa.crt"), key));
  }

  private static String refusal(String certificate, String key) {
    var failure = assertThrows(DiagbundleException.class, () -> identity(certificate, key));
    assertEquals(Problem.Kind.USAGE, failure.problems().getFirst().kind());
    return failure.problems().getFirst().message();
  }

  private static ClientIdentity identity(String certificate, String key)
      throws DiagbundleException {
    return ClientIdentity.of(
        new ClientCertificate(
            new PemText(certificate, "client-certificate 'c' of user 'u'"),
            new PemText(key, "client-key 'k' of user 'u'")));
  }

  private static String text(String name) {
    try (var in = ClientIdentityTest.class.getResourceAsStream("/tls/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
