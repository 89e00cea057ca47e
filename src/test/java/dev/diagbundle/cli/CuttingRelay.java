package dev.diagbundle.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A relay of TCP connections to one port that cuts them without a word.
final class CuttingRelay implements Closeable {
  private final ServerSocket listener;
  private final int target;
  private final long mostBytes;
  private final int mostCuts;
  private final AtomicInteger cuts = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private CuttingRelay(int target, long mostBytes, int mostCuts) throws IOException {
    this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    this.target = target;
    this.mostBytes = mostBytes;
    this.mostCuts = mostCuts;
    Thread.ofPlatform().daemon().start(this::accept);
  }

  /// Cuts some connections after so many bytes to the client.
  static CuttingRelay afterBytes(int target, long bytes, int cuts) throws IOException {
    return new CuttingRelay(target, bytes, cuts);
  }

  int port() {
    return listener.getLocalPort();
  }

  int cuts() {
    return cuts.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        open.add(client);
        var server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(server);
        Thread.ofPlatform().daemon().start(() -> pump(client, server, false));
        Thread.ofPlatform().daemon().start(() -> pump(server, client, true));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void pump(Socket from, Socket to, boolean answers) {
    try (from;
        to) {
      var buffer = new byte[16_384];
      long bytes = 0;
      while (true) {
        int read = from.getInputStream().read(buffer);
        if (read < 0) {
          return;
        }
        bytes += read;
        to.getOutputStream().write(buffer, 0, read);
        if (answers && bytes > mostBytes && cuts.get() < mostCuts) {
          cuts.incrementAndGet();
          return;
        }
      }
    } catch (IOException e) {
      // One of the two has left.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var socket : open) {
      socket.close();
    }
  }
}
