package dev.diagbundle.cluster;

import static dev.diagbundle.cluster.ScriptedExchange.QUERY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Which log queries a kubelet may still be working at when they have ended for us.
@Timeout(60)
final class LeftBehindQueryTest {
  private final ScriptedExchange http = new ScriptedExchange();

  @Test
  void logQueryThatMayStillRunIsNotPutBesideItself() throws Exception {
    var refusal =
        assertThrows(
            RequestFailedException.class,
            () -> http.answers(QUERY, Exchange::reset, exchange -> exchange.sendError(404, "no")));
    assertEquals(404, refusal.status());
    assertTrue(http.waits.getFirst().toSeconds() >= 28, http.waits.toString());
  }

  @Test
  void logQueryThatWasLostIsSaidToRunOn() throws Exception {
    var refusal =
        assertThrows(
            RequestFailedException.class,
            () -> http.answers(QUERY, exchange -> Thread.sleep(60_000)));
    assertEquals(Reason.TIMED_OUT, refusal.reason());
    assertEquals(1, http.leftBehind.size());
    long seconds = http.leftBehind.getFirst().toSeconds();
    assertTrue(seconds >= 27 && seconds < 30, http.leftBehind.toString());
  }

  @Test
  void logQueryThatIsClosedBeforeItsFirstByteIsSaidToRunOn() throws Exception {
    Handler silentBody =
        exchange -> {
          try (var out = exchange.chunks(200, "text/plain;charset=UTF-8")) {
            out.flush();
            Thread.sleep(60_000);
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
            Thread.sleep(60_000);
          }
        };
    try (var answer = http.answers(QUERY, flowing)) {
      assertEquals('a', answer.body().read());
    }
    assertEquals(List.of(), http.leftBehind);
  }
}
