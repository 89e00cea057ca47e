package dev.diagbundle.redact;

import module java.base;

import java.util.Collection;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Pseudonyms of identifying names: within one run, the same name always gets the same pseudonym,
/// so that a reader can follow it. The names are HMACs (RFC 2104) under a key that is created for
/// the run and stored nowhere. Safe for use by many threads.
public final class Pseudonyms {
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  /// Shorter names would be met in every other word.
  private static final int MIN_NAME = 3;

  private final SecretKeySpec key;

  /// Pseudonyms under a new key.
  public static Pseudonyms random() {
    var bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Pseudonyms(bytes);
  }

  Pseudonyms(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /// Rules for IP addresses of both versions.
  public List<TextRule> addresses() {
    var addresses = new AddressPseudonyms(this);
    return List.of(new Ipv4Rule(addresses), new Ipv6Rule(addresses));
  }

  /// The rule for these names.
  ///
  /// @param rule its name, as counts have it
  /// @param kind prefix of the pseudonyms, for example `node`
  /// @param names those of less than three characters are left alone
  public List<TextRule> names(String rule, String kind, Collection<String> names) {
    Map<String, String> standIns = new HashMap<>();
    for (String name : names) {
      if (name.length() >= MIN_NAME) {
        standIns.put(name, of(kind, name));
      }
    }
    var rules = new ArrayList<TextRule>();
    if (!standIns.isEmpty()) {
      rules.add(WordRule.renamed(rule, standIns));
    }
    return rules;
  }

  /// The pseudonym of a name.
  String of(String kind, String name) {
    var text = kind + "\0" + name.toLowerCase(Locale.ROOT);
    long bits = bits(text.getBytes(StandardCharsets.UTF_8));
    var name8 = new StringBuilder(kind).append('-');
    for (int i = 0; i < 8; i++) {
      name8.append(ALPHABET.charAt((int) (bits & 31)));
      bits >>>= 5;
    }
    return name8.toString();
  }

  /// 64 bits that only who has the key can tell.
  long bits(byte[] text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return ByteBuffer.wrap(mac.doFinal(text)).getLong();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
