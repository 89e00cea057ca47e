package dev.diagbundle.cluster;

import static dev.diagbundle.cluster.ScriptedExchange.CONFIG;
import static dev.diagbundle.cluster.ScriptedExchange.QUERY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.model.Reason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whose refusal renews the credentials, and how often. The plugin gives `t1`, `t2` and so on.
final class CredentialsTest {
  @TempDir private Path folder = Path.of("");

  private final ScriptedExchange http = new ScriptedExchange();

  @Test
  void credentialsAreRenewedOnceWhenTheServerNoLongerTakesThem() throws Exception {
    try (var answer =
        http.withPlugin(
            folder,
            CONFIG,
            exchange -> {
              if (ScriptedExchange.tokenOf(exchange).equals("Bearer t1")) {
                ScriptedExchange.unauthorized(exchange);
              } else {
                ScriptedExchange.ok(exchange, "{}");
              }
            })) {
      assertEquals(200, answer.status());
    }
    assertEquals(List.of("Bearer t1", "Bearer t2"), http.tokens);
    assertEquals(List.of(401, 200), http.records.stream().map(RequestRecord::status).toList());
    assertEquals(List.of(), http.waits);
  }

  @Test
  void credentialsThatAreRefusedWhenRenewedAreNotRenewedAgain() throws Exception {
    try (var answer = http.withPlugin(folder, CONFIG, ScriptedExchange::unauthorized)) {
      assertEquals(401, answer.status());
      assertEquals("Unauthorized", ErrorClassifier.of(answer).getMessage());
    }
    assertEquals(List.of("Bearer t1", "Bearer t2"), http.tokens);
  }

  @Test
  void refusalByTheKubeletItselfRenewsNothingAndIsNotRepeated() throws Exception {
    try (var answer =
        http.withPlugin(
            folder,
            QUERY,
            exchange -> exchange.send(401, "text/plain; charset=utf-8", "Unauthorized"))) {
      var refusal = ErrorClassifier.of(answer);
      assertEquals(Reason.FORBIDDEN, refusal.reason());
      assertEquals(
          "the kubelet rejects the API server's certificate (401 Unauthorized)",
          refusal.getMessage());
    }
    assertEquals(List.of("Bearer t1"), http.tokens);
  }
}
