package dev.diagbundle.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.RequestRecord.End;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import okio.AsyncTimeout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Errors, such as a full heap, within the HTTP library.
@Tag("fault")
@Timeout(60)
final class HttpErrorFaultTest {
  private final AtomicBoolean armed = new AtomicBoolean();
  private final CountDownLatch thrown = new CountDownLatch(1);

  @Test
  void errorBeforeTheResponseEndsThatRequestOnly() throws Exception {
    try (var server = RawServer.plain(exchange -> exchange.ok("{}"))) {
      var connection = new TestConnection(server.url());
      try (var cluster = connection.open(new FaultySockets())) {
        assertEquals("{}", TestConnection.get(cluster, "/"));
        armed.set(true);
        assertThrows(OutOfMemoryError.class, () -> TestConnection.get(cluster, "/"));
        assertEquals("{}", TestConnection.get(cluster, "/"));
      }
      assertEquals(
          List.of(End.COMPLETE, End.NO_ANSWER, End.COMPLETE),
          connection.records.stream().map(RequestRecord::end).toList());
      assertEquals(2, server.connections());
    }
  }

  @Test
  void errorWithinABodyEndsThatRequestOnly() throws Exception {
    var rest = new CountDownLatch(1);
    try (var server =
        RawServer.plain(exchange -> {
          if (exchange.path().equals("/long")) {
            exchange.send("HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\nabc");
            await(rest);
            exchange.send("x".repeat(19_997));
          } else {
            exchange.ok("{}");
          }
        })) {
      var connection = new TestConnection(server.url());
      try (var cluster = connection.open(new FaultySockets())) {
        try (var answer = cluster.get(Request.raw("/long", RequestOrigin.RUN))) {
          assertEquals('a', answer.body().read());
          armed.set(true);
          rest.countDown();
          assertThrows(OutOfMemoryError.class, () -> answer.body().readAllBytes());
        }
        assertEquals("{}", TestConnection.get(cluster, "/"));
      }
      assertEquals(
          List.of(End.TRUNCATED, End.COMPLETE),
          connection.records.stream().map(RequestRecord::end).toList());
    }
  }

  @Test
  void errorInTheThreadThatClosesIdleConnectionsHindersNoRequest() throws Exception {
    try (var server = RawServer.plain(exchange -> exchange.ok("{}"))) {
      var connection = new TestConnection(server.url());
      try (var cluster = connection.open(new FaultySockets())) {
        // More than are kept: a thread of OkHttp closes the others.
        var answers = new ArrayList<Response>();
        for (int i = 0; i < 40; i++) {
          answers.add(cluster.get(Request.raw("/", RequestOrigin.RUN)));
        }
        for (var answer : answers) {
          answer.body().readAllBytes();
          answer.close();
        }
        assertTrue(thrown.await(30, TimeUnit.SECONDS), "no library thread closed a connection");
        for (int i = 0; i < 40; i++) {
          assertEquals("{}", TestConnection.get(cluster, "/"));
        }
      }
    }
  }

  @Test
  void readsAreLimitedWithoutTheWatchdogOfTheLibrary() throws Exception {
    var died = new CountDownLatch(1);
    var bomb =
        new AsyncTimeout() {
          @Override
          protected void timedOut() {
            died.countDown();
            throw new OutOfMemoryError("injected");
          }
        };
    bomb.timeout(1, TimeUnit.MILLISECONDS);
    bomb.enter();
    died.await();
    var end = new CountDownLatch(1);
    try (var server = RawServer.plain(exchange -> await(end));
        var cluster =
            new TestConnection(server.url())
                .within(ClientOptions.USUAL.withSilence(Duration.ofSeconds(1)))
                .open()) {
      var failure =
          assertThrows(RequestFailedException.class, () -> TestConnection.get(cluster, "/"));
      assertEquals("no response within 1s", failure.getMessage());
      end.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Sockets whose next read fails when armed, and whose close fails on a library's thread.
  private final class FaultySockets extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new Socket(Proxy.NO_PROXY) {
        @Override
        public InputStream getInputStream() throws IOException {
          return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
              int read = super.read(bytes, offset, length);
              if (armed.compareAndSet(true, false)) {
                throw new OutOfMemoryError("injected");
              }
              return read;
            }
          };
        }

        @Override
        public synchronized void close() throws IOException {
          super.close();
          if (Thread.currentThread().getName().contains("OkHttp")) {
            thrown.countDown();
            throw new OutOfMemoryError("injected");
          }
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
