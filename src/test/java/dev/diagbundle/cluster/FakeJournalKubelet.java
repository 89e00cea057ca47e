package dev.diagbundle.cluster;

import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.serve.http.Interceptor;
import dev.diagbundle.serve.http.ServerRequest;
import dev.diagbundle.testing.VirtualTicker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The log query of a kubelet whose journal is a list: `sinceTime` is read in the node's zone, the
/// offset that it names is ignored; answers may be cut as the kubelet's 30 s cut them.
public final class FakeJournalKubelet implements Interceptor {
  private final List<RandomJournal.Entry> journal;
  private final ZoneId zone;
  private final Instant now;
  private final LogQueryTimeout limit;
  private final RandomGenerator random;
  private final double cutShare;
  private final VirtualTicker ticker;

  /// How many answers were not whole.
  private int cuts;

  public FakeJournalKubelet(
      List<RandomJournal.Entry> journal,
      ZoneId zone,
      Instant now,
      LogQueryTimeout limit,
      RandomGenerator random,
      double cutShare,
      VirtualTicker ticker) {
    this.ticker = ticker;
    this.journal = journal;
    this.zone = zone;
    this.now = now;
    this.limit = limit;
    this.random = random;
    this.cutShare = cutShare;
  }

  public synchronized int cuts() {
    return cuts;
  }

  @Override
  public Optional<Handler> intercept(ServerRequest request) {
    return request.path().contains("/proxy/logs/") ? Optional.of(this::answer) : Optional.empty();
  }

  private synchronized void answer(Exchange exchange) throws IOException {
    var body = body(since(exchange.request())).getBytes(StandardCharsets.UTF_8);
    if (random.nextDouble() >= cutShare) {
      exchange.send(200, "text/plain;charset=UTF-8", body);
      return;
    }
    cuts++;
    int length = random.nextInt(body.length);
    var out = exchange.chunks(200, "text/plain;charset=UTF-8");
    switch (random.nextInt(10)) {
      case 0 -> ticker.advance(limit.cut());
      case 1 -> {
        while (length > 0 && body[length - 1] != '\n') {
          length--;
        }
        out.write(body, 0, length);
        ticker.advance(limit.cut());
      }
      case 2 -> {
        out.write(body, 0, length);
        out.flush();
        exchange.cut();
        return;
      }
      default -> {
        // Only an answer that was written for so long is ended in the middle of a line.
        out.write(body, 0, length);
        if (length == 0 || body[length - 1] == '\n') {
          ticker.advance(limit.cut());
        }
      }
    }
    out.close();
  }

  private Instant since(ServerRequest request) {
    var relative = request.query().first("since");
    if (relative.isPresent()) {
      var seconds = relative.get().replaceAll("[-s]", "");
      return now.minus(Duration.ofSeconds(Long.parseLong(seconds)));
    }
    var time = OffsetDateTime.parse(request.query().first("sinceTime").orElseThrow());
    return time.toLocalDateTime().atZone(zone).toInstant();
  }

  /// As journalctl does it: journald begins a new file when the clock goes back, and every file is
  /// searched for its first entry that is not before the time.
  private String body(Instant since) {
    var text = new StringBuilder();
    int boot = -1;
    for (RandomJournal.Entry entry : journal) {
      if (entry.time().isBefore(since)) {
        continue;
      }
      if (boot >= 0 && boot != entry.boot()) {
        text.append(entry.bootMark());
      }
      boot = entry.boot();
      text.append(entry.text());
    }
    return text.isEmpty() ? "-- No entries --\n" : text.toString();
  }
}
