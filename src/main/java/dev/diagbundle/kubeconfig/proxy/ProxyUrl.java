package dev.diagbundle.kubeconfig.proxy;

import module java.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The URL of a proxy, as Go reads it.
///
/// @param scheme in lower case
/// @param login user name and password as in the URL; may be empty
/// @param host without brackets; may be empty
/// @param port may be empty
record ProxyUrl(String scheme, String login, String host, String port) {
  private static final Pattern FORM =
      Pattern.compile(
          "([a-zA-Z][a-zA-Z0-9+.-]*)://(?:([^/?#]*)@)?"
              + "(?:\\[([^\\]/?#@]*)\\]|([^:\\[\\]/?#@]*))(?::([0-9]*))?(?:[/?#].*)?",
          Pattern.DOTALL);
  // The same characters as in Go's `validUserinfo`, and percent-encoded ones.
  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9\\-._:~!$&'()*+,;=%@]*");
  private static final Pattern BAD_HOST = Pattern.compile("[\\x00-\\x20\\x7f\"<>\\\\^`{|}%]");
  private static final Map<String, String> PORTS =
      Map.of("http", "80", "https", "443", "socks5", "1080", "socks5h", "1080");

  /// Reads a URL with a scheme; empty if it is not one.
  static Optional<ProxyUrl> parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var login = group(matcher, 2);
    var host = group(matcher, 3) + group(matcher, 4);
    var port = group(matcher, 5);
    boolean valid =
        LOGIN.matcher(login).matches()
            && !BAD_HOST.matcher(host).find()
            && login.replaceAll("%[0-9a-fA-F]{2}", "").indexOf('%') < 0
            && port.length() < 6
            && (port.isEmpty() || Integer.parseInt(port) < 65_536);
    var scheme = group(matcher, 1).toLowerCase(Locale.ROOT);
    return valid ? Optional.of(new ProxyUrl(scheme, login, host, port)) : Optional.empty();
  }

  boolean isSupported() {
    return PORTS.containsKey(scheme);
  }

  /// The URL with its port; nothing but the address and the login remains.
  URI url() {
    var address = host.indexOf(':') >= 0 ? "[" + host + "]" : HostPort.ascii(host);
    var user = login.isEmpty() ? "" : login.replace("@", "%40") + "@";
    return URI.create(
        scheme
            + "://"
            + user
            + address
            + ":"
            + (port.isEmpty() ? PORTS.getOrDefault(scheme, "80") : port));
  }

  private static String group(Matcher matcher, int group) {
    return Objects.requireNonNullElse(matcher.group(group), "");
  }
}
