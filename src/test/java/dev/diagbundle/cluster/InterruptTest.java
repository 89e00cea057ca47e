package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.RequestRecord.End;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Ends of exchanges that wait, whose limits are far away: by an interrupt of their thread, and by
/// the end of the client.
@Timeout(60)
final class InterruptTest {
  private static final ClientOptions PATIENT =
      ClientOptions.USUAL.withConnecting(Duration.ofMinutes(5)).withSilence(Duration.ofMinutes(5));

  /// What an exchange waits for.
  enum Wait {
    CONNECTION,
    HANDSHAKE,
    TUNNEL,
    HEADERS,
    REST_OF_HEADERS,
    BODY
  }

  static Stream<Arguments> waits() {
    return Stream.of(Wait.values())
        .flatMap(wait -> Stream.of(true, false).map(virtual -> Arguments.of(wait, virtual)));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void interruptEndsTheWait(Wait wait, boolean virtual) throws Exception {
    try (var peer = new Peer(wait);
        var cluster = peer.connection.open()) {
      var ended = new CompletableFuture<Exception>();
      var thread = start(virtual, cluster, peer, ended);
      peer.waiting.await();
      awaitBlocked(thread);
      thread.interrupt();
      var end = ended.get(5, TimeUnit.SECONDS);
      if (wait == Wait.BODY) {
        assertTrue(end instanceof IOException, end.toString());
      } else {
        assertInstanceOf(InterruptedException.class, end);
      }
      thread.join();
      assertEquals(
          List.of(End.CANCELLED),
          peer.connection.records.stream().map(RequestRecord::end).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("waits")
  void closingTheClientEndsTheWait(Wait wait, boolean virtual) throws Exception {
    try (var peer = new Peer(wait)) {
      var ended = new CompletableFuture<Exception>();
      var cluster = peer.connection.open();
      var thread = start(virtual, cluster, peer, ended);
      peer.waiting.await();
      awaitBlocked(thread);
      cluster.close();
      assertInstanceOf(IOException.class, ended.get(5, TimeUnit.SECONDS));
      thread.join();
    }
  }

  private static Thread start(
      boolean virtual, Cluster cluster, Peer peer, CompletableFuture<Exception> ended) {
    Runnable exchange =
        () -> {
          try (var answer = cluster.get(Request.raw("/", RequestOrigin.RUN))) {
            answer.body().readNBytes(5);
            peer.waiting.countDown();
            answer.body().readAllBytes();
            ended.complete(new IllegalStateException("answered"));
          } catch (IOException | InterruptedException e) {
            ended.complete(e);
          }
        };
    return virtual ? Thread.startVirtualThread(exchange) : Thread.ofPlatform().start(exchange);
  }

  private static void awaitBlocked(Thread thread) throws InterruptedException {
    while (Stream.of(thread.getStackTrace())
        .noneMatch(frame -> frame.getClassName().startsWith("sun.nio.ch."))) {
      assertTrue(thread.isAlive());
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /// A server that lets its client wait.
  private static final class Peer implements Closeable {
    private final List<Closeable> open = new ArrayList<>();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final TestConnection connection;

    Peer(Wait wait) throws Exception {
      connection = new TestConnection(url(wait)).insecure().within(PATIENT);
      if (wait == Wait.TUNNEL) {
        var proxy = silent();
        connection.through("http://127.0.0.1:" + proxy.getLocalPort());
      }
    }

    private String url(Wait wait) throws IOException {
      return switch (wait) {
        case CONNECTION -> "http://127.0.0.1:" + full().getLocalPort();
        case HANDSHAKE -> "https://127.0.0.1:" + silent().getLocalPort();
        case TUNNEL -> "https://api.internal";
        case HEADERS -> script("");
        case REST_OF_HEADERS -> script("HTTP/1.1 200 OK\r\nContent-");
        case BODY -> script("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
      };
    }

    private String script(String text) throws IOException {
      var server =
          RawServer.plain(exchange -> {
            exchange.send(text);
            if (!text.endsWith("5")) {
              waiting.countDown();
            }
          });
      open.add(server);
      return server.url();
    }

    /// A server that accepts connections and says nothing.
    private ServerSocket silent() throws IOException {
      var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
      open.add(server);
      Thread.startVirtualThread(() -> {
        try {
          open.add(server.accept());
          waiting.countDown();
        } catch (IOException e) {
          // The test has ended.
        }
      });
      return server;
    }

    /// A server whose queue of connections is full: Linux drops what comes then.
    private ServerSocket full() throws IOException {
      var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      open.add(server);
      for (int i = 0; i < 3; i++) {
        var client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        open.add(client);
      }
      waiting.countDown();
      return server;
    }

    @Override
    public void close() throws IOException {
      for (var one : List.copyOf(open)) {
        one.close();
      }
    }
  }
}
