package dev.diagbundle.redact;

import module java.base;

/// IPv4 addresses and networks (`10.0.0.0/16`). Versions that look like addresses stay: after `v`
/// or a word such as `version`, or before a letter.
record Ipv4Rule(AddressPseudonyms pseudonyms) implements TextRule {
  private static final ByteSet DIGITS = ByteSet.of("0123456789");
  private static final ByteSet LETTERS = ByteSet.letters().and("_");
  private static final List<String> VERSION_WORDS = List.of("ver", "release", "build", "revision");
  private static final ByteSet BETWEEN = ByteSet.of(" \t:=\"'\\([");
  private static final int REACH = 16;

  /// An address and where it ends.
  ///
  /// @param end after it
  private record Found(int address, int end) {}

  @Override
  public String name() {
    return "addresses";
  }

  @Override
  public List<String> literals() {
    return IntStream.range(0, 10).mapToObj(digit -> digit + ".").toList();
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    int from = window.skipBack(start, DIGITS, 3);
    if (isInsideOfSomething(window, from)) {
      return Optional.empty();
    }
    return parsed(window, from)
        .filter(found -> !isVersion(window, from, found.end))
        .flatMap(found -> standIn(window, from, found));
  }

  private Optional<SecretMatch> standIn(Window window, int from, Found found) {
    int other = pseudonyms.of(found.address);
    int hostBits = 32 - prefixLength(window, found.end);
    int hostMask = hostBits == 0 ? 0 : -1 >>> (32 - hostBits);
    if ((found.address & hostMask) == 0) {
      other &= ~hostMask;
    }
    if (other == found.address) {
      return Optional.empty();
    }
    var text = AddressPseudonyms.text(ByteBuffer.allocate(4).putInt(other).array());
    return Optional.of(SecretMatch.renamed(from, found.end, text));
  }

  private static Optional<Found> parsed(Window window, int from) {
    int address = 0;
    int at = from;
    for (int octet = 0; octet < 4; octet++) {
      int stop = window.skip(at, DIGITS, 4);
      if (stop == at || stop - at > 3 || (stop - at > 1 && window.get(at) == '0')) {
        return Optional.empty();
      }
      int value = Integer.parseInt(window.text(at, stop));
      if (value > 255 || (octet < 3 && window.get(stop) != '.')) {
        return Optional.empty();
      }
      address = address << 8 | value;
      at = stop + 1;
    }
    return Optional.of(new Found(address, at - 1));
  }

  /// The prefix length of a network after an address; 32 if there is none.
  private static int prefixLength(Window window, int end) {
    int stop = window.skip(end + 1, DIGITS, 2);
    if (window.get(end) != '/' || stop == end + 1) {
      return 32;
    }
    return Math.min(32, Integer.parseInt(window.text(end + 1, stop)));
  }

  private static boolean isInsideOfSomething(Window window, int from) {
    int before = window.get(from - 1);
    if (before == '-') {
      // As in a range of addresses.
      return !DIGITS.has(window.get(from - 2));
    }
    return before == '.' || LETTERS.has(before) || DIGITS.has(before);
  }

  private static boolean isVersion(Window window, int from, int end) {
    int after = window.get(end);
    boolean followed =
        LETTERS.has(after)
            || after == '+'
            || ((after == '.' || after == '-') && isPartOfVersion(window, after, end + 1));
    if (followed) {
      return true;
    }
    int to = window.skipBack(from, BETWEEN, REACH);
    if (to == from) {
      return false;
    }
    int begin = window.skipBack(to, LETTERS, REACH);
    var before = window.text(begin, to).toLowerCase(Locale.ROOT);
    // `gitVersion` is a version, `DHCPRELEASE` is not.
    return before.endsWith("version") || VERSION_WORDS.contains(before);
  }

  private static boolean isPartOfVersion(Window window, int mark, int at) {
    int next = window.get(at);
    return mark == '.' ? DIGITS.has(next) : LETTERS.has(next);
  }
}
