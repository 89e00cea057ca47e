package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.model.Reason;
import dev.diagbundle.testing.TestPki;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which servers are trusted, under which name, and what certificate they get to see.
final class ServerTrustTest {
  @Test
  void serverOfTheAuthorityIsTrustedByItsAddressWhichIsNotNamed() throws Exception {
    var authority = TestPki.authority("ca");
    try (var server = server(TestPki.issue(authority, "server", "ip:127.0.0.1"))) {
      assertEquals(
          "sni=none client=none", new TestConnection(server.url()).trusting(authority).get("/"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "k8s.internal.example, k8s.internal.example",
    "apiserver, apiserver",
  })
  void nameOfTheKubeconfigIsRequestedAndVerified(String name, String certified) throws Exception {
    var authority = TestPki.authority("ca");
    try (var server = server(TestPki.issue(authority, "server", certified))) {
      assertEquals(
          "sni=" + name + " client=none",
          new TestConnection(server.url()).trusting(authority).named(name).get("/"));
    }
  }

  @Test
  void nameWithAnUnderscoreIsRequested() throws Exception {
    var hello = new ByteArrayOutputStream();
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var reader =
          Thread.ofVirtual()
              .start(() -> {
                try (var socket = server.accept()) {
                  var in = new DataInputStream(socket.getInputStream());
                  in.skipNBytes(3);
                  hello.write(in.readNBytes(in.readUnsignedShort()));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      var connection =
          new TestConnection("https://127.0.0.1:" + server.getLocalPort())
              .insecure()
              .named("my_host.internal");
      assertThrows(RequestFailedException.class, () -> connection.get("/"));
      reader.join();
    }
    assertTrue(hello.toString(StandardCharsets.ISO_8859_1).contains("my_host.internal"));
  }

  @Test
  void certificateOfAnotherNameIsRefusedWithItsNames() throws Exception {
    var authority = TestPki.authority("ca");
    try (var server = server(TestPki.issue(authority, "server", "one.example", "ip:10.0.0.1"))) {
      assertRefused(
          "the certificate of the server is valid for 10.0.0.1, one.example, not for 127.0.0.1",
          new TestConnection(server.url()).trusting(authority));
      assertRefused(
          "the certificate of the server is valid for 10.0.0.1, one.example, not for two.example",
          new TestConnection(server.url()).trusting(authority).named("two.example"));
    }
  }

  @Test
  void commonNameCountsForNothing() throws Exception {
    var authority = TestPki.authority("ca");
    try (var server = server(TestPki.issue(authority, "k8s.example"))) {
      assertRefused(
          "the certificate of the server is valid for no host, not for k8s.example",
          new TestConnection(server.url()).trusting(authority).named("k8s.example"));
    }
  }

  @Test
  void certificateOfTheServerIsItsOwnAuthority() throws Exception {
    var own = TestPki.selfSigned("server", "ip:127.0.0.1");
    try (var server = server(own)) {
      assertEquals("sni=none client=none", new TestConnection(server.url()).trusting(own).get("/"));
    }
  }

  @Test
  void serverOfAnotherAuthorityIsRefused() throws Exception {
    try (var server = server(TestPki.issue(TestPki.authority("one"), "server", "ip:127.0.0.1"))) {
      assertRefused(
          "the certificate of the server is not trusted: CN=one is not among the authorities of the"
              + " test's certificate",
          new TestConnection(server.url()).trusting(TestPki.authority("two")));
    }
  }

  @Test
  void serverIsNotTrustedByAnAuthorityOfTheSameName() throws Exception {
    try (var server = server(TestPki.issue(TestPki.authority("ca"), "server", "ip:127.0.0.1"))) {
      assertThrows(
          RequestFailedException.class,
          () -> new TestConnection(server.url()).trusting(TestPki.authority("ca")).get("/"));
    }
  }

  @Test
  void expiredCertificatesAreRefused() throws Exception {
    var past = Instant.parse("2025-01-02T03:04:05Z");
    var authority = TestPki.authority("ca");
    try (var server = server(TestPki.issue(authority, "server", "EC", past, "ip:127.0.0.1"))) {
      assertRefused(
          "the certificate of the server expired on 2025-01-02T03:04:05Z",
          new TestConnection(server.url()).trusting(authority));
    }
    var old = TestPki.authority("ca", past);
    try (var server = server(TestPki.issue(old, "server", "ip:127.0.0.1"))) {
      var refusal =
          assertThrows(
              RequestFailedException.class,
              () -> new TestConnection(server.url()).trusting(old).get("/"));
      assertTrue(
          refusal.getMessage().startsWith("no certificate of the test's certificate is valid now"),
          refusal.getMessage());
    }
  }

  @Test
  void insecureConnectionTakesAnyServer() throws Exception {
    var past = Instant.now().minus(Duration.ofDays(1));
    try (var server =
        server(TestPki.issue(TestPki.authority("ca"), "server", "EC", past, "else.example"))) {
      assertEquals("sni=none client=none", new TestConnection(server.url()).insecure().get("/"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA-2048", "EC-256", "EC-384", "EC-521", "Ed25519"})
  void clientCertificateIsShownWhateverItsKey(String algorithm) throws Exception {
    var authority = TestPki.authority("ca");
    var end = Instant.now().plus(Duration.ofDays(1));
    try (var server = server(TestPki.issue(authority, "server", "ip:127.0.0.1"))) {
      assertEquals(
          "sni=none client=CN=bob",
          new TestConnection(server.url())
              .trusting(authority)
              .as(TestPki.issue(authority, "bob", algorithm, end))
              .get("/"));
    }
  }

  @Test
  void newClientCertificateIsShownOnNewConnections() throws Exception {
    var authority = TestPki.authority("ca");
    var first = new Credential(Optional.empty(), client(authority, "first"));
    var second = new Credential(Optional.empty(), client(authority, "second"));
    var renewals = new AtomicInteger();
    var source =
        new CredentialSource() {
          @Override
          public Credential current() {
            return renewals.get() == 0 ? first : second;
          }

          @Override
          public boolean renew(Credential rejected) {
            return rejected.equals(first) && renewals.incrementAndGet() == 1;
          }
        };
    var shown = TestPki.issue(authority, "server", "ip:127.0.0.1");
    try (var server =
            RawServer.secure(
                shown.server(),
                exchange -> {
                  var words = words((SSLSocket) exchange.socket());
                  if (exchange.path().equals("/new") && words.endsWith("first")) {
                    exchange.status("401 Unauthorized", "{}");
                  } else {
                    exchange.ok(words);
                  }
                });
        var cluster = new TestConnection(server.url()).trusting(authority).as(source).open()) {
      assertEquals("sni=none client=CN=first", TestConnection.get(cluster, "/old"));
      assertEquals("sni=none client=CN=first", TestConnection.get(cluster, "/old"));
      assertEquals(1, server.connections());
      assertEquals("sni=none client=CN=second", TestConnection.get(cluster, "/new"));
      assertEquals("sni=none client=CN=second", TestConnection.get(cluster, "/new"));
      assertEquals(2, server.connections());
    }
  }

  private static Optional<Credential.ClientCertificate> client(
      TestPki.Issued authority, String name) throws Exception {
    return Optional.of(TestPki.issue(authority, name).client());
  }

  private static void assertRefused(String message, TestConnection connection) {
    var refusal = assertThrows(RequestFailedException.class, () -> connection.get("/"));
    assertEquals(message, refusal.getMessage());
    assertEquals(Reason.UNREACHABLE, refusal.reason());
  }

  private static RawServer server(TestPki.Issued shown) throws Exception {
    return RawServer.secure(
        shown.server(), exchange -> exchange.ok(words((SSLSocket) exchange.socket())));
  }

  private static String words(SSLSocket socket) {
    var session = (ExtendedSSLSession) socket.getSession();
    var name =
        session.getRequestedServerNames().stream()
            .map(one -> ((SNIHostName) one).getAsciiName())
            .findFirst()
            .orElse("none");
    try {
      return "sni=" + name + " client=" + session.getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return "sni=" + name + " client=none";
    }
  }
}
