package dev.diagbundle.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.serve.http.Interceptor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReplayServerTest {
  @Test
  void interceptorsSeeEveryRequestAndMayAnswer() throws Exception {
    var seen = new CopyOnWriteArrayList<String>();
    var options =
        ReplayOptions.defaults()
            .withInterceptor(request -> {
              seen.add(request.path());
              return Optional.empty();
            })
            .withInterceptor(
                answering("/livez", exchange -> ApiStatus.badRequest("no").sendTo(exchange)));
    try (var demo = DemoClusterFixture.start(options)) {
      assertEquals(400, demo.get("/livez").statusCode());
      assertEquals(200, demo.get("/readyz").statusCode());
    }
    assertEquals(List.of("/livez", "/readyz"), seen);
  }

  @Test
  void resetBreaksTheConnection() throws Exception {
    try (var demo = DemoClusterFixture.start(faulty(Exchange::reset))) {
      assertThrows(IOException.class, () -> demo.get("/version"));
    }
  }

  @Test
  void cutLeavesTheBodyUnfinished() throws Exception {
    Handler cut =
        exchange -> {
          exchange.body(200, "text/plain", 1_000).write(new byte[10]);
          exchange.cut();
        };
    try (var demo = DemoClusterFixture.start(faulty(cut))) {
      assertThrows(IOException.class, () -> demo.get("/version"));
    }
  }

  @Test
  void cutChunksAreNotEnded() throws Exception {
    Handler cut =
        exchange -> {
          exchange.chunks(200, "text/plain").write(new byte[10]);
          exchange.cut();
        };
    try (var demo = DemoClusterFixture.start(faulty(cut))) {
      assertThrows(IOException.class, () -> demo.get("/version"));
    }
  }

  @Test
  void closeEndsHangingHandlersAtOnce() throws Exception {
    var hanging = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    Handler hang =
        _ -> {
          hanging.countDown();
          try {
            new CountDownLatch(1).await();
          } finally {
            interrupted.countDown();
          }
        };
    var demo = DemoClusterFixture.start(faulty(hang));
    Thread.ofVirtual().start(() -> assertThrows(IOException.class, () -> demo.get("/version")));
    hanging.await();
    demo.server().close();
    interrupted.await();
    demo.close();
  }

  @Test
  void otherMethodsAreNotAllowed() throws Exception {
    try (var demo = DemoClusterFixture.start();
        var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(demo.url() + "/api/v1/pods"))
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      assertEquals(405, client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
  }

  @Test
  void timeOfTheDateHeaderCanBeChosen() throws Exception {
    var options = ReplayOptions.defaults().withNow(Instant.parse("2030-02-03T04:05:06Z"));
    try (var demo = DemoClusterFixture.start(options)) {
      assertEquals(
          "Sun, 03 Feb 2030 04:05:06 GMT",
          demo.get("/version").headers().firstValue("Date").orElse(""));
    }
  }

  private static ReplayOptions faulty(Handler handler) {
    return ReplayOptions.defaults().withInterceptor(answering("/version", handler));
  }

  private static Interceptor answering(String path, Handler handler) {
    return request -> request.path().equals(path) ? Optional.of(handler) : Optional.empty();
  }
}
