package dev.diagbundle.cluster;

import static dev.diagbundle.cluster.ScriptedExchange.CONFIG;
import static dev.diagbundle.cluster.ScriptedExchange.QUERY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which failures are repeated and after how long, row by row, over real HTTP.
final class RetryTableTest {
  private final ScriptedExchange http = new ScriptedExchange();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error trying to reach service: dial tcp 10.200.0.12:10250: connect: connection refused",
        "error trying to reach service: dial tcp 10.200.0.12:10250: i/o timeout",
        "error trying to reach service: dial tcp 10.200.0.12:10250: connect: no route to host",
        "error trying to reach service: net/http: TLS handshake timeout",
        "error trying to reach service: http2: client connection lost"
      })
  void kubeletThatCannotBeReachedIsTriedTwiceMore(String message) throws Exception {
    var refusal = http.refusal(CONFIG, exchange -> ScriptedExchange.status(exchange, 503, message));
    assertEquals(Reason.UNREACHABLE, refusal.reason());
    assertEquals(3, http.records.size());
    http.assertWaits(2, 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504})
  void gatewayThatFailsIsTriedTwiceMore(int code) throws Exception {
    http.refusal(CONFIG, exchange -> exchange.send(code, "text/html", "<html>bad gateway</html>"));
    assertEquals(3, http.records.size());
    http.assertWaits(2, 8);
  }

  @Test
  void whatComesBackIsTheAnswer() throws Exception {
    try (var answer =
        http.answers(
            CONFIG,
            exchange -> exchange.send(502, "text/plain", "bad gateway"),
            exchange -> exchange.send(200, "application/json", "{}"))) {
      assertEquals(200, answer.status());
    }
    http.assertWaits(2);
    assertEquals(
        List.of(1, 2), http.records.stream().map(RequestRecord::attempt).sorted().toList());
  }

  @Test
  void resetBeforeAnAnswerIsTriedTwiceMore() throws Exception {
    var refusal =
        assertThrows(RequestFailedException.class, () -> http.answers(CONFIG, Exchange::reset));
    assertEquals(Reason.UNREACHABLE, refusal.reason());
    assertEquals(3, http.records.size());
    http.assertWaits(2, 8);
  }

  @Test
  void refusedConnectionIsTriedTwiceMore() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var refusal = assertThrows(RequestFailedException.class, () -> http.fromPort(port));
    assertEquals(Reason.UNREACHABLE, refusal.reason());
    http.assertWaits(2, 8);
    assertEquals(List.of(), http.leftBehind);
  }

  @Test
  void connectionThatIsNotMadeInTimeIsTriedTwiceMore() throws Exception {
    // A listener whose backlog is full answers no further connection.
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var others = new ArrayList<java.net.Socket>();
      try {
        for (int i = 0; i < 3; i++) {
          var socket = new java.net.Socket();
          others.add(socket);
          connectOrNot(socket, full);
        }
        var refusal =
            assertThrows(RequestFailedException.class, () -> http.fromPort(full.getLocalPort()));
        assertEquals(Reason.UNREACHABLE, refusal.reason());
        http.assertWaits(2, 8);
      } finally {
        for (var socket : others) {
          socket.close();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error trying to reach service: EOF",
        "error trying to reach service: unexpected EOF",
        "error trying to reach service: stream error: stream ID 5; INTERNAL_ERROR; received from"
            + " peer"
      })
  void questionThatTheHandlerDiedOfIsNotRepeated(String message) throws Exception {
    var refusal = http.refusal(QUERY, exchange -> ScriptedExchange.status(exchange, 503, message));
    assertEquals(Reason.INVALID_ANSWER, refusal.reason());
    assertEquals(1, http.records.size());
    assertEquals(List.of(), http.leftBehind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error trying to reach service: x509: certificate signed by unknown authority",
        "error trying to reach service: tls: failed to verify certificate",
        "no preferred addresses found; known addresses: []"
      })
  void whatDoesNotMendItselfIsNotRepeated(String message) throws Exception {
    var refusal = http.refusal(CONFIG, exchange -> ScriptedExchange.status(exchange, 503, message));
    assertEquals(Reason.UNREACHABLE, refusal.reason());
    assertEquals(1, http.records.size());
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ANSWER",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "405, UNSUPPORTED",
    "406, INVALID_ANSWER",
    "500, INVALID_ANSWER"
  })
  void refusalByRuleIsNotRepeated(int code, Reason reason) throws Exception {
    var refusal = http.refusal(QUERY, exchange -> exchange.sendError(code, "no"));
    assertEquals(reason, refusal.reason());
    assertEquals(1, http.records.size());
    assertEquals(List.of(), http.waits);
  }

  @Test
  void silenceIsNotRepeated() throws Exception {
    var refusal =
        assertThrows(
            RequestFailedException.class,
            () -> http.answers(CONFIG, exchange -> Thread.sleep(60_000)));
    assertEquals(Reason.TIMED_OUT, refusal.reason());
    assertEquals("no response within 2s", refusal.getMessage());
    assertEquals(1, http.records.size());
    assertEquals(RequestRecord.End.TIMED_OUT, http.records.getFirst().end());
  }

  @Test
  void throttlingServerSaysInSecondsWhenToComeBack() throws Exception {
    try (var answer =
        http.answers(
            CONFIG,
            throttled("7"),
            throttled("7"),
            exchange -> ScriptedExchange.ok(exchange, "{}"))) {
      assertEquals(200, answer.status());
    }
    http.assertWaits(7, 7);
  }

  @Test
  void throttlingServerSaysByDateWhenToComeBack() throws Exception {
    var date = Exchange.httpDate(ScriptedExchange.NOW.plusSeconds(20));
    try (var answer =
        http.answers(CONFIG, throttled(date), exchange -> ScriptedExchange.ok(exchange, "{}"))) {
      assertEquals(200, answer.status());
    }
    http.assertWaits(20);
  }

  @ParameterizedTest
  @CsvSource({"86400, 60", "0, 1", "-5, 1", "soon, 2", "99999999999999999999, 2"})
  void throttlingServerIsFollowedWithinReason(String retryAfter, int seconds) throws Exception {
    http.answers(CONFIG, throttled(retryAfter), exchange -> ScriptedExchange.ok(exchange, "{}"))
        .close();
    http.assertWaits(seconds);
  }

  @Test
  void throttlingWithoutEndIsGivenUp() throws Exception {
    var refusal = http.refusal(CONFIG, throttled("1"));
    assertEquals(Reason.THROTTLED, refusal.reason());
    assertEquals(5, http.records.size());
  }

  private static Handler throttled(String retryAfter) {
    return exchange -> {
      exchange.header("Retry-After", retryAfter);
      exchange.send(429, "text/plain", "Too many requests, please try again later.");
    };
  }

  private static void connectOrNot(java.net.Socket socket, ServerSocket server) {
    try {
      socket.connect(server.getLocalSocketAddress(), 100);
    } catch (IOException _) {
      // The backlog is full.
    }
  }
}
