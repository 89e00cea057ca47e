package dev.diagbundle.kubeconfig.proxy;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// The proxy to an API server: the one of the kubeconfig, else the one of the environment as Go
/// finds it (`http.ProxyFromEnvironment`). Other variables, such as `ALL_PROXY`, have no meaning.
public final class Proxies {
  private static final Set<String> OF_KUBECONFIG = Set.of("http", "https", "socks5");

  private Proxies() {}

  /// The proxy of the field `proxy-url`, which applies to every server, loopback addresses too.
  ///
  /// @param cluster its name, for messages
  /// @throws DiagbundleException if client-go does not accept it either
  public static URI ofKubeconfig(String proxyUrl, String cluster) throws DiagbundleException {
    var subject = "proxy-url of cluster '" + cluster + "'";
    var hint = "use a URL such as http://proxy.example:3128, with http, https or socks5";
    var url = ProxyUrl.parse(proxyUrl);
    if (url.isEmpty() || url.get().host().isEmpty()) {
      // It may contain a password, so it is not shown.
      throw new DiagbundleException(
          Problem.usage(subject + " is not the URL of a proxy").withHint(hint));
    }
    if (!OF_KUBECONFIG.contains(url.get().scheme())) {
      throw new DiagbundleException(
          Problem.usage(subject + " has the unsupported scheme '" + url.get().scheme() + "'")
              .withHint(hint));
    }
    return url.get().url();
  }

  /// The proxy of the environment; empty for a direct connection.
  ///
  /// @param scheme of the server's URL, `http` or `https`
  /// @param host of the server, without brackets
  /// @param port of the server; empty for the default
  /// @throws DiagbundleException if the environment's proxy cannot be used
  public static Optional<URI> ofEnvironment(
      Map<String, String> environment, String scheme, String host, String port)
      throws DiagbundleException {
    boolean secure = scheme.equals("https");
    var name = secure ? "HTTPS_PROXY" : "HTTP_PROXY";
    var proxy = parsed(either(environment, name));
    if (proxy.isEmpty()) {
      return Optional.empty();
    }
    if (!secure && !environment.getOrDefault("REQUEST_METHOD", "").isEmpty()) {
      throw new DiagbundleException(
          Problem.usage("variable HTTP_PROXY is not used where REQUEST_METHOD is set")
              .withHint("a client of a CGI program may have set it; unset one of them"));
    }
    var exceptions = new ProxyExceptions(either(environment, "NO_PROXY"));
    var at = port.isEmpty() ? secure ? "443" : "80" : port;
    if (exceptions.covers(HostPort.ascii(host), at)) {
      return Optional.empty();
    }
    if (proxy.get().host().isEmpty()) {
      throw new DiagbundleException(
          Problem.usage("variable " + name + " names a proxy without a host"));
    }
    return Optional.of(proxy.get().url());
  }

  /// A URL, or `host[:port]` of an HTTP proxy; empty for what Go ignores.
  private static Optional<ProxyUrl> parsed(String value) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    var url = ProxyUrl.parse(value).filter(ProxyUrl::isSupported);
    return url.isPresent() ? url : ProxyUrl.parse("http://" + value);
  }

  /// The variable in capitals, else the one in small letters.
  private static String either(Map<String, String> environment, String name) {
    var value = environment.getOrDefault(name, "");
    return value.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value;
  }
}
