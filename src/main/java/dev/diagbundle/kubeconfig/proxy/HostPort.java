package dev.diagbundle.kubeconfig.proxy;

import module java.base;

/// A host and a port in one text, as Go splits it (`net.SplitHostPort`).
///
/// @param port may be empty
record HostPort(String host, String port) {
  private static final java.util.regex.Pattern IPV4 =
      java.util.regex.Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})(?:\\.(?!$)|$)){4}");

  /// Splits `host:port` or `[host]:port`; empty if there is no port, or too many colons.
  static Optional<HostPort> split(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String host;
    int open = 0;
    int close = 0;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0 || end + 1 != colon) {
        return Optional.empty();
      }
      host = text.substring(1, end);
      open = 1;
      close = end + 1;
    } else {
      host = text.substring(0, colon);
      if (host.indexOf(':') >= 0) {
        return Optional.empty();
      }
    }
    if (text.indexOf('[', open) >= 0 || text.indexOf(']', close) >= 0) {
      return Optional.empty();
    }
    return Optional.of(new HostPort(host, text.substring(colon + 1)));
  }

  /// The address that a text is, without asking anybody; empty for a name. An IPv6 address with a
  /// zone is a name.
  static Optional<InetAddress> address(String text) {
    boolean ipv6 = text.indexOf(':') >= 0 && text.indexOf('%') < 0 && !text.startsWith("[");
    if (!ipv6 && !IPV4.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The name in the form that DNS uses; as it is if it has none.
  static String ascii(String name) {
    if (name.chars().allMatch(c -> c < 0x80)) {
      return name;
    }
    try {
      return java.net.IDN.toASCII(name);
    } catch (IllegalArgumentException _) {
      return name;
    }
  }
}
