package dev.diagbundle.cluster;

import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.serve.http.Interceptor;
import dev.diagbundle.serve.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The log of one container as a kubelet gives it: every line is held against `sinceTime`, the tail
/// is counted before, and answers may break off. Where the log is rotated, a part of its beginning
/// is gone from then on.
public final class FakePodLog implements Interceptor {
  /// One line of the log.
  public record Line(Instant stamp, String text) {
    String shown() {
      return stamp + " " + text;
    }
  }

  private final List<Line> lines;
  private final RandomGenerator random;
  private final double breakShare;
  private int first;

  /// How many lines are gone after the next answer; none if the log is not rotated.
  private int gone;

  private int answers;
  private final List<String> asked = new ArrayList<>();

  public FakePodLog(List<Line> lines, RandomGenerator random, double breakShare) {
    this.lines = List.copyOf(lines);
    this.random = random;
    this.breakShare = breakShare;
  }

  /// Rotates the log after the first answer that breaks off behind some line: lines before this one
  /// are gone.
  public FakePodLog rotatedAt(int line) {
    gone = line;
    return this;
  }

  public synchronized int answers() {
    return answers;
  }

  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Optional<Handler> intercept(ServerRequest request) {
    return request.path().endsWith("/log") ? Optional.of(this::answer) : Optional.empty();
  }

  private synchronized void answer(Exchange exchange) throws IOException {
    var body = body(exchange.request()).getBytes(StandardCharsets.UTF_8);
    answers++;
    asked.add(exchange.request().query().encoded());
    if (body.length == 0 || random.nextDouble() >= breakShare) {
      exchange.send(200, "text/plain", body);
      return;
    }
    int length = random.nextInt(body.length);
    if (new String(body, 0, length, StandardCharsets.UTF_8).contains("\n")) {
      first = Math.max(first, gone);
    }
    var out = exchange.chunks(200, "text/plain");
    out.write(body, 0, length);
    out.flush();
    exchange.cut();
  }

  private String body(ServerRequest request) {
    var query = request.query();
    var since = query.first("sinceTime").map(Instant::parse).orElse(Instant.MIN);
    int tail = query.first("tailLines").map(Integer::valueOf).orElse(Integer.MAX_VALUE);
    var text = new StringBuilder();
    for (int i = Math.max(first, lines.size() - Math.min(tail, lines.size()));
        i < lines.size();
        i++) {
      var line = lines.get(i);
      if (!line.stamp().isBefore(since)) {
        text.append(line.shown());
        text.append(i == lines.size() - 1 && line.text().endsWith("~") ? "" : "\n");
      }
    }
    return text.toString();
  }

  /// What a log of the window holds.
  public static String expected(List<Line> lines, Instant from, Instant to) {
    var text = new ByteArrayOutputStream();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      if (!line.stamp().isBefore(from) && line.stamp().isBefore(to)) {
        boolean open = i == lines.size() - 1 && line.text().endsWith("~");
        text.writeBytes((line.shown() + (open ? "" : "\n")).getBytes(StandardCharsets.UTF_8));
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
