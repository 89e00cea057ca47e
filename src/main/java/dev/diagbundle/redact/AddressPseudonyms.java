package dev.diagbundle.redact;

import module java.base;

/// Pseudonyms of IP addresses. Two addresses of one network remain in one network: each bit of the
/// pseudonym depends on the bits before it only (Xu, Fan, Ammar, Moon: "Prefix-Preserving IP
/// Address Anonymization", ICNP 2002). Private addresses stay private; addresses that identify
/// nobody, such as loopback and masks, stay unchanged.
final class AddressPseudonyms {
  private static final int MAX_KNOWN = 20_000;

  private final Pseudonyms pseudonyms;
  private final Map<Integer, Integer> known = new ConcurrentHashMap<>();

  AddressPseudonyms(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /// The pseudonym of an IPv4 address.
  int of(int address) {
    if (isOfNobody(address)) {
      return address;
    }
    if (known.size() > MAX_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(address, this::computed);
  }

  /// The pseudonym of an IPv6 address of 16 bytes.
  byte[] of(byte[] address) {
    int first = address[0] & 0xff;
    boolean lower = true;
    for (int i = 0; i < 15; i++) {
      lower &= address[i] == 0;
    }
    // `::`, `::1` and multicast
    if (lower || first == 0xff) {
      return address;
    }
    var other = address.clone();
    for (int group = 0; group < 8; group++) {
      var prefix = ByteBuffer.allocate(2 * group + 1).put((byte) 6).put(address, 0, 2 * group);
      long bits = pseudonyms.bits(prefix.array());
      other[2 * group] ^= (byte) (bits >> 8);
      other[2 * group + 1] ^= (byte) bits;
    }
    // The kind of address: RFC 4291, link-local RFC 4291, unique local RFC 4193.
    if (first == 0xfe && (address[1] & 0xc0) == 0x80) {
      System.arraycopy(address, 0, other, 0, 8);
    } else if ((first & 0xfe) == 0xfc) {
      other[0] = address[0];
    } else {
      other[0] = (byte) ((first & 0xe0) | (other[0] & 0x1f));
    }
    return other;
  }

  static String text(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  private int computed(int address) {
    int keep = privateBits(address);
    int other = permuted(address, keep);
    // A public address must not become a private one, nor one that identifies nobody.
    while (keep == 0 && (isOfNobody(other) || privateBits(other) > 0)) {
      other = permuted(other, 0);
    }
    return other;
  }

  /// @param keep number of leading bits to keep
  private int permuted(int address, int keep) {
    int other = address;
    for (int bit = keep; bit < 32; bit++) {
      int prefix = bit == 0 ? 0 : address >>> (32 - bit);
      var text = ByteBuffer.allocate(6).put((byte) 4).put((byte) bit).putInt(prefix).array();
      if ((pseudonyms.bits(text) & 1) == 1) {
        other ^= 1 << (31 - bit);
      }
    }
    return other;
  }

  /// The prefix length of the private range of an address (RFC 1918, RFC 6598); 0 if it is not.
  private static int privateBits(int address) {
    if (address >>> 24 == 10) {
      return 8;
    }
    if (address >>> 20 == 0xac1) {
      return 12;
    }
    if (address >>> 16 == 0xc0a8) {
      return 16;
    }
    return address >>> 22 == 0x191 ? 10 : 0;
  }

  /// This network, loopback, link-local (the metadata service), multicast, and masks.
  private static boolean isOfNobody(int address) {
    int first = address >>> 24;
    return first == 0 || first == 127 || address >>> 16 == 0xa9fe || first >= 224;
  }
}
