package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Reason;
import dev.diagbundle.testing.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests through proxies, and only through them.
final class ProxyTest {
  private static final String LOGIN =
      "Basic " + Base64.getEncoder().encodeToString("me:p@ss".getBytes(StandardCharsets.UTF_8));

  @Test
  void httpProxyConnectsToAnHttpsServerWithItsLogin() throws Exception {
    var authority = TestPki.authority("ca");
    try (var server = secure(authority, "*.internal");
        var proxy = TestProxy.http(ServerSocketFactory.getDefault(), server.port(), "")) {
      assertEquals(
          "{}",
          new TestConnection("https://my_host.internal:6443/prefix")
              .trusting(authority)
              .named("other.internal")
              .through("http://me:p%40ss@127.0.0.1:" + proxy.port())
              .get("/api"));
      var asked = proxy.asked.getFirst();
      assertTrue(asked.startsWith("CONNECT my_host.internal:6443 HTTP/1.1\r\n"), asked);
      assertTrue(asked.contains("Proxy-Authorization: " + LOGIN + "\r\n"), asked);
      var head = server.heads.getFirst();
      assertTrue(head.startsWith("GET /prefix/api HTTP/1.1\r\n"), head);
      assertTrue(head.contains("Host: my_host.internal:6443\r\n"), head);
      assertTrue(!head.contains("Proxy-Authorization"), head);
    }
  }

  @Test
  void httpProxyGetsTheWholeUrlOfAnHttpServer() throws Exception {
    try (var proxy = RawServer.plain(exchange -> exchange.ok("{}"))) {
      assertEquals(
          "{}",
          new TestConnection("http://api.internal")
              .through("http://me:p%40ss@127.0.0.1:" + proxy.port())
              .get("/api"));
      var head = proxy.heads.getFirst();
      assertTrue(head.startsWith("GET http://api.internal/api HTTP/1.1\r\n"), head);
      assertTrue(head.contains("Proxy-Authorization: " + LOGIN + "\r\n"), head);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https"})
  void proxyIsReachedByTls(String scheme) throws Exception {
    var authority = TestPki.authority("ca");
    var shown = TestPki.issue(authority, "proxy", "localhost");
    try (var server =
            scheme.equals("http")
                ? RawServer.plain(exchange -> exchange.ok("{}"))
                : secure(authority, "api.internal");
        var proxy = TestProxy.http(shown.server().getServerSocketFactory(), server.port(), "")) {
      assertEquals(
          "{}",
          new TestConnection(scheme + "://api.internal")
              .trusting(authority)
              .through("https://me:p%40ss@localhost:" + proxy.port())
              .get("/api"));
      var asked = proxy.asked.getFirst();
      assertTrue(asked.contains("Proxy-Authorization: " + LOGIN + "\r\n"), asked);
      assertTrue(
          asked.startsWith(
              scheme.equals("http") ? "GET http://api.internal/api " : "CONNECT api.internal:443 "),
          asked);
    }
  }

  @Test
  void proxyWithTheCertificateOfAnotherNameIsNotUsed() throws Exception {
    var authority = TestPki.authority("ca");
    var shown = TestPki.issue(authority, "proxy", "proxy.example");
    try (var server = secure(authority, "ip:127.0.0.1");
        var proxy = TestProxy.http(shown.server().getServerSocketFactory(), server.port(), "")) {
      var url = "https://localhost:" + proxy.port();
      assertEquals(
          "proxy " + url + ": its certificate is not valid for localhost",
          refusal(new TestConnection(server.url()).trusting(authority).through(url)));
      assertEquals(List.of(), proxy.asked);
      assertEquals(0, server.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5", "socks5h"})
  void socksProxyResolvesTheName(String scheme) throws Exception {
    var authority = TestPki.authority("ca");
    try (var server = secure(authority, "*.internal");
        var proxy = TestProxy.socks(server.port(), "")) {
      assertEquals(
          "{}",
          new TestConnection("https://api.internal:6443")
              .trusting(authority)
              .through(scheme + "://localhost:" + proxy.port())
              .get("/"));
      assertEquals(List.of("api.internal:6443"), proxy.asked);
    }
  }

  @Test
  void socksProxyGetsAddressesAsSuch() throws Exception {
    try (var server = RawServer.plain(exchange -> exchange.ok("{}"));
        var proxy = TestProxy.socks(server.port(), "")) {
      var url = "socks5://127.0.0.1:" + proxy.port();
      assertEquals("{}", new TestConnection("http://10.1.2.3:8080").through(url).get("/"));
      assertEquals("{}", new TestConnection("http://[fd00::1]").through(url).get("/"));
      assertEquals(List.of("10.1.2.3:8080", "fd00:0:0:0:0:0:0:1:80"), proxy.asked);
    }
  }

  @Test
  void socksProxyIsGivenItsLogin() throws Exception {
    try (var server = RawServer.plain(exchange -> exchange.ok("{}"));
        var proxy = TestProxy.socks(server.port(), "me:p@ss")) {
      var place = "127.0.0.1:" + proxy.port();
      assertEquals(
          "{}",
          new TestConnection("http://api.internal")
              .through("socks5://me:p%40ss@" + place)
              .get("/"));
      assertEquals(
          "proxy socks5://" + place + ": rejects the credentials",
          refusal(new TestConnection("http://api.internal").through("socks5://me:other@" + place)));
      assertEquals(
          "proxy socks5://" + place + ": requires credentials",
          refusal(new TestConnection("http://api.internal").through("socks5://" + place)));
      assertEquals(1, server.connections());
    }
  }

  @Test
  void serverThatTheSocksProxyCannotReachIsReported() throws Exception {
    try (var proxy = TestProxy.socks(closedPort(), "")) {
      var url = "socks5://127.0.0.1:" + proxy.port();
      assertEquals(
          "proxy " + url + ": cannot connect to the server: connection refused",
          refusal(new TestConnection("http://api.internal").through(url)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https", "socks5"})
  void serverIsNotAskedPastAProxyThatIsDown(String scheme) throws Exception {
    try (var server = RawServer.plain(exchange -> exchange.ok("{}"))) {
      var url = scheme + "://127.0.0.1:" + closedPort();
      assertEquals(
          "proxy " + url + ": Connection refused",
          refusal(new TestConnection(server.url()).through(url.replace("//", "//me:secret@"))));
      assertEquals(0, server.connections());
    }
  }

  @Test
  void proxyThatRefusesIsReported() throws Exception {
    try (var proxy =
            TestProxy.http(ServerSocketFactory.getDefault(), closedPort(), "403 Forbidden");
        var closed =
            TestProxy.http(
                ServerSocketFactory.getDefault(),
                closedPort(),
                "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x")) {
      var url = "http://127.0.0.1:" + proxy.port();
      assertEquals(
          "proxy " + url + ": refuses to connect to the server: HTTP status 403",
          refusal(new TestConnection("https://api.internal").through(url)));
      var other = "127.0.0.1:" + closed.port();
      assertEquals(
          "proxy http://" + other + ": rejects the credentials: HTTP status 407",
          refusal(new TestConnection("https://api.internal").through("http://me:x@" + other)));
    }
  }

  private static String refusal(TestConnection connection) {
    var refusal = assertThrows(RequestFailedException.class, () -> connection.get("/"));
    assertEquals(Reason.UNREACHABLE, refusal.reason());
    return refusal.getMessage();
  }

  private static RawServer secure(TestPki.Issued authority, String name) throws Exception {
    return RawServer.secure(
        TestPki.issue(authority, "server", name, "other.internal").server(),
        exchange -> exchange.ok("{}"));
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
