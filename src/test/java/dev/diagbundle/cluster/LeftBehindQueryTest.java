package dev.diagbundle.cluster;

import static dev.diagbundle.cluster.ScriptedExchange.QUERY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Which log queries a kubelet may still be working at when they have ended for us.
final class LeftBehindQueryTest {
  private final ScriptedExchange http = new ScriptedExchange();

  @Test
  void logQueryThatMayStillRunIsNotPutBesideItself() throws Exception {
    var refusal =
        assertThrows(
            RequestFailedException.class,
            () -> http.answers(QUERY, Exchange::reset, exchange -> exchange.sendError(404, "no")));
    assertEquals(404, refusal.status());
    assertEquals(List.of(Duration.ofSeconds(30)), http.waits);
  }

  @Test
  void logQueryThatWasLostIsSaidToRunOn() throws Exception {
    var refusal =
        assertThrows(
            RequestFailedException.class,
            () ->
                http.answers(
                    QUERY,
                    exchange -> {
                      http.ticker.advance(Duration.ofSeconds(2));
                      new CountDownLatch(1).await();
                    }));
    assertEquals(Reason.TIMED_OUT, refusal.reason());
    assertEquals(List.of(Duration.ofSeconds(28)), http.leftBehind);
  }

  @Test
  void logQueryThatIsClosedBeforeItsFirstByteIsSaidToRunOn() throws Exception {
    Handler silentBody =
        exchange -> {
          try (var out = exchange.chunks(200, "text/plain;charset=UTF-8")) {
            out.flush();
            new CountDownLatch(1).await();
          }
        };
    http.answers(QUERY, silentBody).close();
    assertEquals(1, http.leftBehind.size());
  }

  @Test
  void logQueryWhoseLinesFlowedIsNotSaidToRunOn() throws Exception {
    Handler flowing =
        exchange -> {
          try (var out = exchange.chunks(200, "text/plain;charset=UTF-8")) {
            out.write('a');
            out.flush();
            new CountDownLatch(1).await();
          }
        };
    try (var answer = http.answers(QUERY, flowing)) {
      assertEquals('a', answer.body().read());
    }
    assertEquals(List.of(), http.leftBehind);
  }
}
