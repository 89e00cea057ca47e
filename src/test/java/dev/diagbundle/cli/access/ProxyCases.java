package dev.diagbundle.cli.access;

import static dev.diagbundle.cli.access.AccessCase.CERTIFICATE;
import static dev.diagbundle.cli.access.AccessCase.CLUSTER;
import static dev.diagbundle.cli.access.AccessCase.USER;
import static dev.diagbundle.cli.access.AccessCase.cluster;
import static dev.diagbundle.cli.access.AccessCase.proxied;
import static dev.diagbundle.cli.access.AccessCase.usual;

import java.util.List;
import java.util.stream.Stream;

/// Proxies of kubeconfigs and of the environment.
final class ProxyCases {
  private static final String HTTP = "proxy-url: http://127.0.0.1:{PROXY}\n";

  private ProxyCases() {}

  static List<AccessCase> proxies() {
    return List.of(
        usual("proxy").with(HTTP + AccessCase.NAMED, USER),
        usual("proxy with password")
            .with(HTTP.replace("//", "//u:p%40ss@") + AccessCase.NAMED, USER),
        usual("proxy of TLS")
            .with(
                HTTP.replace("http:", "https:").replace("PROXY", "SECURE") + AccessCase.NAMED,
                USER),
        usual("proxy of TLS that is not trusted")
            .with(
                HTTP.replace("http:", "https:").replace("PROXY", "SECURE")
                    + "server: https://k8s.internal.example:{NAMED}\ncertificate-authority-data: {OTHERCA}",
                USER),
        usual("proxy of SOCKS").with(HTTP.replace("http:", "socks5:") + AccessCase.NAMED, USER),
        usual("proxy of SOCKS with password")
            .with(HTTP.replace("http://", "socks5://u:p@") + AccessCase.NAMED, USER),
        usual("proxy of SOCKS, other spelling")
            .with(HTTP.replace("http:", "socks5h:") + AccessCase.NAMED, USER),
        usual("proxy of an unknown kind")
            .with(HTTP.replace("http:", "ftp:") + AccessCase.NAMED, USER),
        usual("proxy without scheme").with(HTTP.replace("http://", "") + AccessCase.NAMED, USER),
        usual("proxy is down").with(CLUSTER + "\nproxy-url: http://127.0.0.1:9", USER),
        usual("proxy before a loopback address").with(HTTP + CLUSTER, USER),
        usual("proxy before the environment")
            .with(HTTP + AccessCase.NAMED, USER)
            .environment("HTTPS_PROXY=http://127.0.0.1:{SECOND}", "NO_PROXY=*"),
        usual("proxy before a plain server")
            .with(HTTP + "server: http://k8s.internal.example:{PLAIN}", ""),
        usual("proxy with password before a plain server")
            .with(HTTP.replace("//", "//u:p@") + "server: http://k8s.internal.example:{PLAIN}", ""),
        usual("underscore in the host")
            .with(
                HTTP + "server: https://my_host.internal:{WILD}\ncertificate-authority-data: {CA}",
                USER),
        usual("certificate through a proxy").with(HTTP + AccessCase.NAMED, CERTIFICATE),
        proxied("HTTPS_PROXY", "HTTPS_PROXY=http://127.0.0.1:{PROXY}"),
        proxied("https_proxy", "https_proxy=http://127.0.0.1:{PROXY}"),
        proxied(
            "HTTPS_PROXY before https_proxy",
            "HTTPS_PROXY=http://127.0.0.1:{PROXY}",
            "https_proxy=http://127.0.0.1:{SECOND}"),
        proxied("HTTPS_PROXY without scheme", "HTTPS_PROXY=127.0.0.1:{PROXY}"),
        proxied("HTTPS_PROXY with password", "HTTPS_PROXY=http://u:p@127.0.0.1:{PROXY}"),
        proxied("HTTPS_PROXY of TLS", "HTTPS_PROXY=https://127.0.0.1:{SECURE}"),
        proxied("HTTPS_PROXY of SOCKS", "HTTPS_PROXY=socks5://127.0.0.1:{PROXY}"),
        proxied("HTTPS_PROXY of SOCKS, other spelling", "HTTPS_PROXY=socks5h://127.0.0.1:{PROXY}"),
        proxied("HTTPS_PROXY is no URL", "HTTPS_PROXY=http://a b:{PROXY}"),
        proxied("HTTP_PROXY for HTTPS", "HTTP_PROXY=http://127.0.0.1:{PROXY}"),
        proxied("ALL_PROXY", "ALL_PROXY=http://127.0.0.1:{PROXY}"),
        usual("HTTPS_PROXY and a loopback address")
            .environment("HTTPS_PROXY=http://127.0.0.1:{PROXY}"),
        cluster(
                "HTTPS_PROXY and localhost",
                "server: https://localhost:{SERVER}\ncertificate-authority-data: {CA}")
            .environment("HTTPS_PROXY=http://127.0.0.1:{PROXY}"),
        usual("HTTP_PROXY")
            .with("server: http://k8s.internal.example:{PLAIN}", "")
            .environment("HTTP_PROXY=http://127.0.0.1:{PROXY}"),
        usual("HTTP_PROXY in a CGI program")
            .with("server: http://k8s.internal.example:{PLAIN}", "")
            .environment("HTTP_PROXY=http://127.0.0.1:{PROXY}", "REQUEST_METHOD=GET"));
  }

  static List<AccessCase> noProxy() {
    return Stream.of(
            "*",
            "k8s.internal.example",
            ".internal.example",
            "internal.example",
            "*.internal.example",
            "K8S.INTERNAL.EXAMPLE",
            "example:443",
            "k8s.internal.example:{NAMED}",
            "k8s.internal.example:1",
            "nternal.example",
            "localhost, *.corp.example",
            "192.168.*",
            "[::1]",
            "build_agent",
            " k8s.internal.example ",
            "10.0.0.0/8,,;",
            "a.example internal.example")
        .map(list ->
            proxied("NO_PROXY=" + list, "HTTPS_PROXY=http://127.0.0.1:{PROXY}", "NO_PROXY=" + list))
        .toList();
  }
}
