package dev.diagbundle.kubeconfig.proxy;

import module java.base;

/// The hosts that are reached without a proxy: loopback addresses, `localhost`, and the entries of
/// `NO_PROXY` by the rules of Go (`golang.org/x/net/http/httpproxy`): names with their subdomains,
/// `.name` and `*.name` for subdomains only, addresses, address ranges, each name or address also
/// with a port, and a single `*` for all. Other entries have no meaning and are passed over.
final class ProxyExceptions {
  /// One entry.
  private interface Rule {
    /// @param address of the host, if it is one
    boolean matches(String host, String port, Optional<InetAddress> address);
  }

  private final List<Rule> rules = new ArrayList<>();

  /// @param list value of `NO_PROXY`
  ProxyExceptions(String list) {
    for (String part : list.split(",", -1)) {
      var entry = part.strip().toLowerCase(Locale.ROOT);
      if (entry.equals("*")) {
        rules.clear();
        rules.add((host, port, address) -> true);
        return;
      }
      if (!entry.isEmpty()) {
        rule(entry).ifPresent(rules::add);
      }
    }
  }

  /// Returns whether the host is reached without a proxy.
  ///
  /// @param host name or address, without brackets
  boolean covers(String host, String port) {
    var address = HostPort.address(host);
    if (host.equals("localhost") || address.filter(InetAddress::isLoopbackAddress).isPresent()) {
      return true;
    }
    var name = host.strip().toLowerCase(Locale.ROOT);
    return rules.stream().anyMatch(rule -> rule.matches(name, port, address));
  }

  private static Optional<Rule> rule(String entry) {
    var range = range(entry);
    if (range.isPresent()) {
      return range;
    }
    var split = HostPort.split(entry);
    var host = split.map(HostPort::host).orElse(entry);
    var port = split.map(HostPort::port).orElse("");
    if (host.isEmpty()) {
      return Optional.empty();
    }
    var address = HostPort.address(host);
    if (address.isPresent()) {
      return Optional.of((_, at, other) -> other.equals(address) && isPort(port, at));
    }
    var suffix = host.startsWith("*.") ? host.substring(1) : host;
    boolean subdomainsOnly = suffix.startsWith(".");
    var domain = "." + HostPort.ascii(subdomainsOnly ? suffix.substring(1) : suffix);
    return Optional.of((name, at, _) ->
        (name.endsWith(domain) || (!subdomainsOnly && name.equals(domain.substring(1))))
            && isPort(port, at));
  }

  private static boolean isPort(String wanted, String port) {
    return wanted.isEmpty() || wanted.equals(port);
  }

  /// A range of addresses, such as `10.0.0.0/8`.
  private static Optional<Rule> range(String entry) {
    int slash = entry.indexOf('/');
    if (slash < 0 || !entry.substring(slash + 1).matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    var network = HostPort.address(entry.substring(0, slash)).map(InetAddress::getAddress);
    int bits = Integer.parseInt(entry.substring(slash + 1));
    if (network.isEmpty() || bits > network.get().length * 8) {
      return Optional.empty();
    }
    return Optional.of((_, _, address) ->
        address.isPresent() && isWithin(address.get().getAddress(), network.get(), bits));
  }

  private static boolean isWithin(byte[] address, byte[] network, int bits) {
    if (address.length != network.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((address[i / 8] & mask) != (network[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
