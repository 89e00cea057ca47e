package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.RequestRecord.End;
import dev.diagbundle.kubeconfig.ClusterConnection.Header;
import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The client of an API server: headers, limits, connections that are gone, compression,
/// credentials.
@Timeout(60)
final class OkHttpClusterTest {
  private static final ClientOptions SHORT =
      ClientOptions.USUAL.withConnecting(Duration.ofSeconds(1)).withSilence(Duration.ofSeconds(1));

  @Test
  void everyRequestHasTheHeadersOfTheConnection() throws Exception {
    try (var server = RawServer.plain(exchange -> exchange.ok("{}"))) {
      new TestConnection(server.url() + "/prefix")
          .with(
              new Header("Impersonate-User", "jané"),
              new Header("Impersonate-Group", "a"),
              new Header("Impersonate-Group", "b"))
          .as(TestConnection.fixed(new Credential(Optional.of("Bearer t"), Optional.empty())))
          .get("/api?x=a%2Fb%20c");
      var head = server.heads.getFirst();
      assertEquals("GET /prefix/api?x=a%2Fb%20c HTTP/1.1", head.lines().findFirst().orElse(""));
      var lines =
          head.lines().filter(line -> line.matches("(Imp|User|Auth|Accept).*")).sorted().toList();
      assertEquals(
          List.of(
              "Accept-Encoding: gzip",
              "Accept: application/json",
              "Authorization: Bearer t",
              "Impersonate-Group: a",
              "Impersonate-Group: b",
              "Impersonate-User: "
                  + new String(
                      "jané".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1),
              "User-Agent: test"),
          lines);
    }
  }

  @Test
  void serverThatIsNoUrlIsReported() {
    var failure =
        assertThrows(DiagbundleException.class, () -> new TestConnection("tcp://x:1").open());
    assertEquals(
        List.of(Problem.usage("server 'tcp://x:1' of cluster 'c' is not a URL of http or https")),
        failure.problems());
  }

  @Test
  void credentialsThatNoHeaderCanContainAreNotPrinted() throws Exception {
    try (var server = RawServer.plain(exchange -> exchange.ok("{}"))) {
      var connection =
          new TestConnection(server.url())
              .as(
                  TestConnection.fixed(
                      new Credential(Optional.of("Bearer secret\nX: y"), Optional.empty())));
      var failure = assertThrows(RequestFailedException.class, () -> connection.get("/"));
      assertEquals(
          "the credentials contain characters that no header can contain", failure.getMessage());
      assertEquals(0, server.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void compressionIsTransparentUnlessItIsOff(boolean compression) throws Exception {
    try (var server = RawServer.plain(OkHttpClusterTest::compressed)) {
      var connection = new TestConnection(server.url());
      assertEquals("{\"a\":1}", (compression ? connection : connection.uncompressed()).get("/"));
      assertEquals(
          compression ? "Accept-Encoding: gzip" : "Accept-Encoding: identity",
          server
              .heads
              .getFirst()
              .lines()
              .filter(line -> line.startsWith("Accept-Encoding"))
              .findFirst()
              .orElse(""));
    }
  }

  /// Compressed whatever the client accepts.
  private static void compressed(RawServer.Exchange exchange) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
    }
    exchange.send(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
            + bytes.size()
            + "\r\n\r\n");
    exchange.send(bytes.toByteArray());
  }

  @Test
  void truncatedBodiesAreErrors() throws Exception {
    try (var server =
        RawServer.plain(exchange -> {
          exchange.send(
              exchange.path().equals("/chunks")
                  ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"
                  : "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
          exchange.socket().close();
        })) {
      var connection = new TestConnection(server.url());
      assertThrows(IOException.class, () -> connection.get("/chunks"));
      assertThrows(IOException.class, () -> connection.get("/length"));
      assertEquals(
          List.of(End.TRUNCATED, End.TRUNCATED),
          connection.records.stream().map(RequestRecord::end).toList());
    }
  }

  @Test
  void connectionsAreUsedAgain() throws Exception {
    try (var server = RawServer.plain(exchange -> exchange.ok("{}"));
        var cluster = new TestConnection(server.url()).open()) {
      for (int i = 0; i < 5; i++) {
        assertEquals("{}", TestConnection.get(cluster, "/" + i));
      }
      assertEquals(1, server.connections());
    }
  }

  @Test
  void connectionOfAnUnfinishedBodyIsNotUsedAgain() throws Exception {
    try (var server =
            RawServer.plain(
                exchange -> exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
        var cluster = new TestConnection(server.url()).open()) {
      for (int i = 0; i < 2; i++) {
        try (var answer = cluster.get(Request.raw("/", RequestOrigin.RUN))) {
          assertEquals('a', answer.body().read());
        }
      }
      assertEquals(2, server.connections());
    }
  }

  @Test
  void connectionsThatTheServerClosedWhileIdleAreReplaced() throws Exception {
    try (var server =
        RawServer.plain(exchange -> {
          exchange.ok("{}");
          if (exchange.path().startsWith("/idle")) {
            exchange.socket().close();
          }
        })) {
      var connection = new TestConnection(server.url());
      try (var cluster = connection.open()) {
        // Three connections at once, all of which are gone afterwards.
        var answers = new ArrayList<Response>();
        for (int i = 0; i < 3; i++) {
          answers.add(cluster.get(Request.raw("/idle" + i, RequestOrigin.RUN)));
        }
        for (var answer : answers) {
          answer.body().readAllBytes();
          answer.close();
        }
        assertEquals("{}", TestConnection.get(cluster, "/next"));
      }
      assertEquals(
          Collections.nCopies(4, End.COMPLETE),
          connection.records.stream().map(RequestRecord::end).toList());
      assertEquals(4, server.connections());
    }
  }

  @Test
  void silenceBeforeTheHeadersIsLimited() throws Exception {
    var end = new CountDownLatch(1);
    try (var server = RawServer.plain(exchange -> await(end))) {
      assertFails(
          Reason.TIMED_OUT,
          "no response within 1s",
          new TestConnection(server.url()).within(SHORT));
      end.countDown();
    }
  }

  @Test
  void limitOfTheRequestReplacesTheDefault() throws Exception {
    var end = new CountDownLatch(1);
    try (var server = RawServer.plain(exchange -> await(end));
        var cluster = new TestConnection(server.url()).open()) {
      var call = Request.raw("/", RequestOrigin.RUN).withIdle(Duration.ofSeconds(1));
      var failure = assertThrows(RequestFailedException.class, () -> cluster.get(call));
      assertEquals("no response within 1s", failure.getMessage());
      end.countDown();
    }
  }

  @Test
  void silenceWithinTheBodyIsLimited() throws Exception {
    var end = new CountDownLatch(1);
    try (var server =
        RawServer.plain(exchange -> {
          exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
          await(end);
        })) {
      var connection = new TestConnection(server.url()).within(SHORT);
      var failure = assertThrows(IOException.class, () -> connection.get("/"));
      assertTrue(ErrorClassifier.isTimeout(failure), failure.toString());
      assertEquals(
          List.of(End.TIMED_OUT), connection.records.stream().map(RequestRecord::end).toList());
      end.countDown();
    }
  }

  @Test
  void handshakeIsLimitedByTheTimeForConnecting() throws Exception {
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertFails(
          Reason.UNREACHABLE,
          "connect timed out",
          new TestConnection("https://127.0.0.1:" + server.getLocalPort())
              .insecure()
              .within(SHORT.withSilence(Duration.ofMinutes(1))));
    }
  }

  @Test
  void patienceIsATotalOfAllBytesOfTheHeaders() throws Exception {
    var asked = new CountDownLatch(1);
    var late = new CountDownLatch(1);
    try (var server =
            RawServer.plain(exchange -> {
              exchange.send("HTTP/1.1 200 OK\r\n");
              asked.countDown();
              // A byte at a time, for as long as the client listens.
              for (int i = 0; i < 10_000 && late.getCount() > 0; i++) {
                exchange.send("X");
                await(late, 20);
              }
            });
        var cluster =
            new TestConnection(server.url())
                .within(ClientOptions.USUAL.withSilence(Duration.ofMinutes(1)))
                .open()) {
      var caller = new RequestOrigin("i", "n", 0, Optional.of(Duration.ofSeconds(1)));
      var failure =
          assertThrows(RequestFailedException.class, () -> cluster.get(Request.raw("/", caller)));
      late.countDown();
      asked.await();
      assertEquals(Reason.TIMED_OUT, failure.reason());
      assertEquals("no response within 1s", failure.getMessage());
    }
  }

  @Test
  void rejectedCredentialsAreRenewedOnceAndTheRequestIsRepeated() throws Exception {
    var source = new Renewing(1);
    try (var server = RawServer.plain(OkHttpClusterTest::onlyT2)) {
      assertEquals("{}", new TestConnection(server.url()).as(source).get("/"));
      assertEquals(2, server.heads.size());
      assertEquals(List.of("Bearer t1"), source.rejected);
    }
  }

  @Test
  void credentialsThatCannotBeRenewedAreNotTriedAgain() throws Exception {
    var source = new Renewing(0);
    try (var server = RawServer.plain(OkHttpClusterTest::onlyT2)) {
      assertFails(Reason.FORBIDDEN, "HTTP status 401", new TestConnection(server.url()).as(source));
      assertEquals(1, server.heads.size());
    }
  }

  @Test
  void failureOfACredentialPluginIsReportedInItsWords() throws Exception {
    try (var server = RawServer.plain(OkHttpClusterTest::onlyT2)) {
      var connection =
          new TestConnection(server.url())
              .as(
                  new Renewing(1) {
                    @Override
                    public boolean renew(Credential old) throws DiagbundleException {
                      throw new DiagbundleException(
                          Problem.usage("plugin 'p' failed: log in first"));
                    }
                  });
      assertFails(Reason.FORBIDDEN, "plugin 'p' failed: log in first", connection);
    }
  }

  private static void onlyT2(RawServer.Exchange exchange) throws IOException {
    if (exchange.header("Authorization").orElse("").equals("Bearer t2")) {
      exchange.ok("{}");
    } else {
      exchange.status("401 Unauthorized", "");
    }
  }

  private static class Renewing implements CredentialSource {
    private final int most;
    private final AtomicInteger renewals = new AtomicInteger();
    private final List<String> rejected = new java.util.concurrent.CopyOnWriteArrayList<>();

    Renewing(int most) {
      this.most = most;
    }

    @Override
    public Credential current() {
      return new Credential(Optional.of("Bearer t" + (renewals.get() + 1)), Optional.empty());
    }

    @Override
    public boolean renew(Credential old) throws DiagbundleException {
      rejected.add(old.authorization().orElse(""));
      return renewals.get() < most && renewals.incrementAndGet() <= most;
    }
  }

  private static void assertFails(Reason reason, String message, TestConnection connection) {
    var failure = assertThrows(RequestFailedException.class, () -> connection.get("/"));
    assertEquals(message, failure.getMessage());
    assertEquals(reason, failure.reason());
  }

  private static void await(CountDownLatch latch) {
    await(latch, 60_000);
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      var _ = latch.await(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
