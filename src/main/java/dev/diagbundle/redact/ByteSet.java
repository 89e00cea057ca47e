package dev.diagbundle.redact;

/// An immutable set of bytes.
public final class ByteSet {
  /// The base64 alphabet, including padding.
  static final ByteSet BASE64 = letters().and("0123456789+/=");

  /// The alphabet of tokens.
  static final ByteSet TOKEN = letters().and("0123456789_-");

  /// Everything up to a blank, a quote or an angle bracket.
  static final ByteSet WORD = allBut(" \t\r\n\"'`<>");

  private final boolean[] members;

  private ByteSet(boolean[] members) {
    this.members = members;
  }

  static ByteSet of(String ascii) {
    return new ByteSet(new boolean[256]).and(ascii);
  }

  static ByteSet letters() {
    return of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
  }

  /// All bytes but these, so also those that are no ASCII.
  static ByteSet allBut(String ascii) {
    var none = of(ascii).members;
    var members = new boolean[256];
    for (int i = 0; i < members.length; i++) {
      members[i] = !none[i];
    }
    return new ByteSet(members);
  }

  ByteSet and(String ascii) {
    var more = members.clone();
    for (int i = 0; i < ascii.length(); i++) {
      more[ascii.charAt(i)] = true;
    }
    return new ByteSet(more);
  }

  /// @param value 0 to 255; anything else is in no set
  boolean has(int value) {
    return value >= 0 && value < 256 && members[value];
  }
}
