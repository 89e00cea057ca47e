package dev.diagbundle.cluster.tls;

import module java.base;

import dev.diagbundle.kubeconfig.PemText;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A reader of private keys in the forms that Go reads (`tls.X509KeyPair` in `crypto/tls`): PKCS #1
/// (RFC 8017), SEC 1 (RFC 5915) and PKCS #8 (RFC 5958), with RSA, ECDSA and Ed25519. The form is
/// determined by the content, not by the label. The JDK reads PKCS #8 only; Bouncy Castle brings
/// the other forms to it.
final class PrivateKeyReader {
  /// The curves that TLS has in the JDK, and Go too.
  private static final Set<String> CURVES =
      Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

  private static final String ED25519 = "1.3.101.112";

  /// Names of algorithms that are not supported.
  private static final Map<String, String> OTHERS =
      Map.of(
          "1.2.840.10040.4.1", "DSA",
          "1.2.840.113549.1.1.10", "RSASSA-PSS",
          "1.3.101.110", "X25519",
          "1.3.101.111", "X448",
          "1.3.101.113", "Ed448");

  private final PemText text;

  private PrivateKeyReader(PemText text) {
    this.text = text;
  }

  /// Reads the first private key of the text.
  ///
  /// @throws DiagbundleException if there is none, or of a form that is not supported
  static PrivateKey read(PemText text) throws DiagbundleException {
    var blocks = PemBlock.all(text.text());
    var reader = new PrivateKeyReader(text);
    for (var block : blocks) {
      if (block.isPrivateKey()) {
        return reader.key(block);
      }
    }
    throw new DiagbundleException(
        Problem.usage(text.origin() + " contains no private key, but " + PemBlock.labels(blocks)));
  }

  private PrivateKey key(PemBlock block) throws DiagbundleException {
    if (block.encrypted() || block.label().equals("ENCRYPTED PRIVATE KEY")) {
      throw new DiagbundleException(
          Problem.usage(text.origin() + ": encrypted " + unencrypted(block) + " is not supported")
              .withHint("decrypt it with: openssl pkey -in FILE -out NEW-FILE"));
    }
    if (block.label().startsWith("DSA ") || block.label().startsWith("OPENSSH ")) {
      throw problem(block.label() + " is not supported");
    }
    try {
      var info = info(ASN1Sequence.getInstance(block.bytes()), block);
      return KeyFactory.getInstance(algorithm(info, block))
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IOException
        | GeneralSecurityException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException
        | ClassCastException e) {
      throw new DiagbundleException(
          Problem.usage(text.origin() + ": " + block.label() + " is damaged"), e);
    }
  }

  private static String unencrypted(PemBlock block) {
    return block.label().replace("ENCRYPTED ", "");
  }

  /// The key as PKCS #8. The second part tells the forms apart: it is an algorithm in PKCS #8, the
  /// modulus in PKCS #1, the key in SEC 1.
  private PrivateKeyInfo info(ASN1Sequence key, PemBlock block)
      throws IOException, DiagbundleException {
    return switch (key.getObjectAt(1)) {
      case ASN1Integer _ when key.size() >= 9 ->
          new PrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              RSAPrivateKey.getInstance(key));
      case ASN1OctetString _ -> {
        var curve = ECPrivateKey.getInstance(key);
        yield new PrivateKeyInfo(
            new AlgorithmIdentifier(
                X9ObjectIdentifiers.id_ecPublicKey, curve.getParametersObject()),
            curve);
      }
      case ASN1Sequence _ -> PrivateKeyInfo.getInstance(key);
      default -> throw problem(block.label() + " is not supported");
    };
  }

  private String algorithm(PrivateKeyInfo info, PemBlock block) throws DiagbundleException {
    var algorithm = info.getPrivateKeyAlgorithm();
    var id = algorithm.getAlgorithm().getId();
    if (id.equals(PKCSObjectIdentifiers.rsaEncryption.getId())) {
      return "RSA";
    }
    if (id.equals(X9ObjectIdentifiers.id_ecPublicKey.getId())) {
      requireCurve(algorithm.getParameters(), block);
      return "EC";
    }
    if (id.equals(ED25519)) {
      return "Ed25519";
    }
    throw problem(
        block.label() + " of the algorithm " + OTHERS.getOrDefault(id, id) + " is not supported");
  }

  private void requireCurve(@org.jspecify.annotations.Nullable ASN1Encodable curve, PemBlock block)
      throws DiagbundleException {
    if (!(curve instanceof ASN1ObjectIdentifier id)) {
      throw problem(block.label() + " with a curve that has no name is not supported");
    }
    if (!CURVES.contains(id.getId())) {
      var name = Optional.ofNullable(ECNamedCurveTable.getName(id)).orElse(id.getId());
      throw problem(
          block.label()
              + " on the curve "
              + name
              + " is not supported; P-256, P-384 and P-521 are");
    }
  }

  private DiagbundleException problem(String fact) {
    return new DiagbundleException(Problem.usage(text.origin() + ": " + fact));
  }
}
