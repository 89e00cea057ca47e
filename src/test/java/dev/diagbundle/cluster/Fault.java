package dev.diagbundle.cluster;

import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.serve.http.Interceptor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What becomes of one answer to a log query.
public interface Fault {
  /// As the service path of a kubelet says it.
  String TYPE = "text/plain;charset=UTF-8";

  /// The answer in place of the right one.
  Handler answer(byte[] whole);

  /// No fault.
  static Handler unchanged(byte[] whole) {
    return exchange -> exchange.send(200, TYPE, whole);
  }

  /// The answer of a kubelet that took as long as it may.
  static Handler late(byte[] bytes) {
    return late(WindowsNode.SHORT, bytes);
  }

  /// The answer of a kubelet that took as long as it may.
  static Handler late(LogQueryTimeout limit, byte[] bytes) {
    return new Late(limit, bytes);
  }

  /// An answer before which the node's clock goes on.
  final class Late implements Handler {
    private final LogQueryTimeout limit;
    private final byte[] bytes;

    Late(LogQueryTimeout limit, byte[] bytes) {
      this.limit = limit;
      this.bytes = bytes;
    }

    @Override
    public void handle(Exchange exchange) throws IOException {
      exchange.send(200, TYPE, bytes);
    }
  }

  /// Copies a log through a server that answers as the node does, but for these faults, which come
  /// in turn.
  static WindowsNode.Copied copy(WindowsNode node, String from, String to, Fault... faults)
      throws Exception {
    Deque<Fault> left = new ArrayDeque<>(List.of(faults));
    try (var real = node.start()) {
      Interceptor interceptor =
          request -> {
            Fault fault = left.isEmpty() ? Fault::unchanged : left.removeFirst();
            return Optional.of(exchange -> {
              var answer =
                  fault.answer(real.get(request.path() + "?" + request.query().encoded()).body());
              if (answer instanceof Late late) {
                node.ticker.advance(late.limit.suspect());
              }
              answer.handle(exchange);
            });
          };
      try (var data = node.data();
          var faulty =
              ReplayServer.start(data, ReplayOptions.defaults().withInterceptor(interceptor))) {
        return node.copy(faulty.url().toString(), "nssm", from, to, log -> log);
      }
    }
  }
}
