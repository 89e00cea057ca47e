package dev.diagbundle.redact;

import module java.base;

/// IPv6 addresses.
record Ipv6Rule(AddressPseudonyms pseudonyms) implements TextRule {
  private static final ByteSet PARTS = ByteSet.of("0123456789abcdefABCDEF:");
  private static final ByteSet WORDS = ByteSet.letters().and("0123456789_");
  private static final ByteSet DIGITS = ByteSet.of("0123456789");
  private static final int MAX_LENGTH = 39;

  @Override
  public String name() {
    return "addresses";
  }

  @Override
  public List<String> literals() {
    return List.of(":");
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    if (!PARTS.has(window.get(end))) {
      return Optional.empty();
    }
    int from = window.skipBack(start, PARTS, MAX_LENGTH);
    int to = window.skip(end, PARTS, MAX_LENGTH);
    if (WORDS.has(window.get(from - 1)) || WORDS.has(window.get(to)) || to - from > MAX_LENGTH) {
      return Optional.empty();
    }
    if (isMapped(window, to)) {
      return Optional.empty();
    }
    var text = window.text(from, to);
    if (!text.contains("::") && text.chars().filter(c -> c == ':').count() != 7) {
      return Optional.empty();
    }
    return address(text)
        .flatMap(address -> {
          if (address.length == 4) {
            // `::ffff:a00:1` is the same machine as `10.0.0.1`.
            var four =
                ByteBuffer.allocate(4).putInt(pseudonyms.of(ByteBuffer.wrap(address).getInt()));
            var mapped = "::ffff:" + AddressPseudonyms.text(four.array());
            return Optional.of(SecretMatch.renamed(from, to, mapped));
          }
          var other = pseudonyms.of(address);
          return Arrays.equals(other, address)
              ? Optional.empty()
              : Optional.of(SecretMatch.renamed(from, to, AddressPseudonyms.text(other)));
        });
  }

  /// Returns whether its end is an IPv4 address (`::ffff:10.0.0.1`, RFC 4291, 2.2), which has its
  /// own rule.
  private static boolean isMapped(Window window, int to) {
    return window.get(to) == '.'
        && DIGITS.has(window.get(to - 1))
        && DIGITS.has(window.get(to + 1));
  }

  private static Optional<byte[]> address(String text) {
    try {
      return Optional.of(Inet6Address.ofLiteral(text).getAddress());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
