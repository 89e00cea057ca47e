package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.testing.Nginx;
import dev.diagbundle.testing.TestPki;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Responses that nobody reads, behind a front that offers HTTP/2.
@Tag("heap")
@Timeout(120)
final class BackPressureTest {
  private static final int RESPONSES = 20;
  private static final int MEGABYTES = 50;

  @TempDir private Path folder = Path.of("");

  @Test
  void responsesThatAreNotReadTakeNoHeap() throws Exception {
    var sent = new AtomicLong();
    var authority = TestPki.authority("ca");
    try (var server = RawServer.plain(exchange -> send(exchange, sent));
        var nginx =
            Nginx.start(
                folder,
                authority,
                TestPki.issue(authority, "server", "ip:127.0.0.1"),
                server.port(),
                "");
        var cluster =
            new TestConnection(nginx.url())
                .trusting(authority)
                .as(TestPki.issue(authority, "client"))
                .open()) {
      long before = usedHeap();
      var responses = new ArrayList<Response>();
      for (int i = 0; i < RESPONSES; i++) {
        var response = cluster.get(Request.raw("/", RequestOrigin.RUN));
        assertEquals(65_536, response.body().readNBytes(65_536).length);
        responses.add(response);
      }
      awaitStandstill(sent);
      // The buffers of TLS and of okio, for each connection, and what other tests hold meanwhile. A
      // window of HTTP/2 in OkHttp has 16 MiB.
      long grown = usedHeap() - before;
      assertTrue(grown < RESPONSES * (2L << 20), "grown by " + grown);
      assertTrue(sent.get() < RESPONSES * (MEGABYTES << 20) / 2L, "sent " + sent);
      // What was held back comes.
      assertEquals(5 << 20, responses.getFirst().body().readNBytes(5 << 20).length);
      for (var response : responses) {
        response.close();
      }
    }
  }

  private static void send(RawServer.Exchange exchange, AtomicLong sent) throws IOException {
    exchange.send("HTTP/1.1 200 OK\r\nContent-Length: " + (MEGABYTES << 20) + "\r\n\r\n");
    var block = new byte[65_536];
    for (int i = 0; i < MEGABYTES << 4; i++) {
      exchange.send(block);
      sent.addAndGet(block.length);
    }
  }

  /// Waits until the server can send no more.
  private static void awaitStandstill(AtomicLong sent) throws InterruptedException {
    long last = -1;
    while (last != sent.get()) {
      last = sent.get();
      TimeUnit.MILLISECONDS.sleep(500);
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
