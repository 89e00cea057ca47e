package dev.diagbundle.kubeconfig.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.model.DiagbundleException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProxiesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // entries, host, port, whether the proxy is used
        "''; k8s.corp; ''; true",
        "''; localhost; ''; false",
        "''; LOCALHOST; ''; true",
        "''; 127.0.0.1; ''; false",
        "''; 127.9.9.9; ''; false",
        "''; ::1; ''; false",
        "''; ::ffff:127.0.0.1; ''; false",
        "''; sub.localhost; ''; true",
        "*; k8s.corp; ''; false",
        "a, * ,b; k8s.corp; ''; false",
        "*.*; k8s.corp; ''; true",
        "corp; k8s.corp; ''; false",
        "corp; corp; ''; false",
        "corp; k8s.mycorp; ''; true",
        ".corp; k8s.corp; ''; false",
        ".corp; corp; ''; true",
        "*.corp; k8s.corp; ''; false",
        "*.corp; corp; ''; true",
        "CORP; k8s.corp; ''; false",
        "corp; K8S.Corp; ''; false",
        "k8s.corp:6443; k8s.corp; 6443; false",
        "k8s.corp:6443; k8s.corp; ''; true",
        "k8s.corp:443; k8s.corp; ''; false",
        "k8s.corp:; k8s.corp; 6443; false",
        ":443; k8s.corp; ''; true",
        "10.1.2.3; 10.1.2.3; ''; false",
        "10.1.2.3:443; 10.1.2.3; ''; false",
        "10.1.2.3:80; 10.1.2.3; ''; true",
        "10.1.2.3; 10.1.2.30; ''; true",
        "10.0.0.0/8; 10.200.1.1; 6443; false",
        "10.0.0.0/8; 11.0.0.1; ''; true",
        "10.1.2.3/33; 10.1.2.3; ''; true",
        "192.168.*; 192.168.1.1; ''; true",
        "fd00::/8; fd12::1; ''; false",
        "fd12::1; fd12::1; ''; false",
        "fd12:0::1; fd12::1; ''; false",
        "[fd12::1]:443; fd12::1; ''; false",
        "[fd12::1]; fd12::1; ''; true",
        "[::1]; k8s.corp; ''; true",
        "010.1.2.3; 10.1.2.3; ''; true",
        "build_agent; k8s.corp; ''; true",
        "build_agent; build_agent; ''; false",
        "bücher.example; xn--bcher-kva.example; ''; false",
        "xn--bcher-kva.example; k.bücher.example; ''; false",
        "https://k8s.corp; k8s.corp; ''; true",
        ",, ,; k8s.corp; ''; true"
      })
  void exceptionsFollowTheRulesOfGo(String list, String host, String port, boolean used)
      throws Exception {
    var environment = Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", list);
    assertEquals(
        used ? Optional.of(URI.create("http://proxy:3128")) : Optional.empty(),
        Proxies.ofEnvironment(environment, "https", host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "proxy, http://proxy:80",
    "proxy:3128, http://proxy:3128",
    "10.0.0.1:3128, http://10.0.0.1:3128",
    "https://proxy, https://proxy:443",
    "socks5://proxy, socks5://proxy:1080",
    "HTTP://proxy/path?x, http://proxy:80",
    "http://u:p%40x@proxy:1, http://u:p%40x@proxy:1",
    "http://u:p@x@proxy:1, http://u:p%40x@proxy:1",
    "http://[fd00::1]:1, http://[fd00::1]:1",
    "ftp://proxy, http://ftp:80",
    "http://proxy:port, http://http:80",
    "pro xy, ''",
    "proxy:99999, ''"
  })
  void variableHoldsAUrlOrAHost(String value, String url) throws Exception {
    assertEquals(
        url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url)),
        Proxies.ofEnvironment(Map.of("https_proxy", value), "https", "k8s.corp", ""));
  }

  @Test
  void eachSchemeHasItsVariableAndCapitalsComeFirst() throws Exception {
    var environment =
        Map.of(
            "HTTPS_PROXY",
            "secure",
            "https_proxy",
            "other",
            "http_proxy",
            "plain",
            "ALL_PROXY",
            "all",
            "no_proxy",
            "x",
            "NO_PROXY",
            "");
    assertEquals(
        Optional.of(URI.create("http://secure:80")),
        Proxies.ofEnvironment(environment, "https", "a", ""));
    assertEquals(
        Optional.of(URI.create("http://plain:80")),
        Proxies.ofEnvironment(environment, "http", "a", ""));
    assertEquals(Optional.empty(), Proxies.ofEnvironment(environment, "http", "x", ""));
    assertEquals(
        Optional.empty(), Proxies.ofEnvironment(Map.of("ALL_PROXY", "p"), "https", "a", ""));
  }

  @Test
  void plainProxyIsRefusedWhereAClientMayHaveSetIt() throws Exception {
    var environment = Map.of("HTTP_PROXY", "p", "HTTPS_PROXY", "p", "REQUEST_METHOD", "GET");
    var e =
        assertThrows(
            DiagbundleException.class, () -> Proxies.ofEnvironment(environment, "http", "a", ""));
    assertEquals("variable HTTP_PROXY is not used where REQUEST_METHOD is set", e.getMessage());
    assertEquals(
        Optional.of(URI.create("http://p:80")),
        Proxies.ofEnvironment(environment, "https", "a", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9, http://127.0.0.1:9",
    "HTTP://localhost, http://localhost:80",
    "https://u:p@proxy, https://u:p@proxy:443",
    "socks5://proxy, socks5://proxy:1080"
  })
  void proxyOfTheKubeconfigAppliesToEveryServer(String value, String url) throws Exception {
    assertEquals(URI.create(url), Proxies.ofKubeconfig(value, "c"));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9, proxy-url of cluster 'c' is not the URL of a proxy",
    "http://, proxy-url of cluster 'c' is not the URL of a proxy",
    "http:127.0.0.1, proxy-url of cluster 'c' is not the URL of a proxy",
    "http://u:secret@%zz, proxy-url of cluster 'c' is not the URL of a proxy",
    "http://a b, proxy-url of cluster 'c' is not the URL of a proxy",
    "ftp://x, proxy-url of cluster 'c' has the unsupported scheme 'ftp'",
    "socks5h://x, proxy-url of cluster 'c' has the unsupported scheme 'socks5h'"
  })
  void proxyOfTheKubeconfigIsValidatedAsInClientGo(String value, String message) {
    var e = assertThrows(DiagbundleException.class, () -> Proxies.ofKubeconfig(value, "c"));
    assertEquals(message, e.getMessage());
  }
}
