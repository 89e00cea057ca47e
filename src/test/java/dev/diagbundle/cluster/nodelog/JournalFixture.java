package dev.diagbundle.cluster.nodelog;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.LogQueryTimeout;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.ClockLead;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.testing.VirtualTicker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// A kubelet with a journal that a test makes up, and the walk along it.
abstract class JournalFixture {
  static final Instant NOW = Instant.parse("2026-11-21T03:14:36Z");
  static final LogQueryTimeout LIMIT = LogQueryTimeout.KUBELET;
  static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSSSSS", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  static final String TYPE = "text/plain;charset=UTF-8";

  final VirtualTicker ticker = new VirtualTicker();
  final List<String> asked = new ArrayList<>();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  TimeWindow window = TimeWindow.endingAt(NOW, Duration.ofHours(2));
  Optional<LinePattern> pattern = Optional.empty();
  OptionalInt boot = OptionalInt.empty();

  /// How an answer ends before its end.
  enum Cut {
    MIDDLE_OF_A_LINE,
    MIDDLE_OF_A_STAMP,
    END_OF_A_LINE,
    BEFORE_THE_FIRST_BYTE,
    RESET,
    MISSING_LAST_CHUNK,
    IN_WORDS
  }

  /// Answers one question after the other.
  interface Answers {
    void answer(Exchange exchange, int number) throws IOException, InterruptedException;
  }

  Outcome copy(Answers answers) throws Exception {
    try (var server = server(answers);
        var cluster = cluster(server)) {
      var query =
          new LogQuerySupport(
              LogQuerySupport.State.ON,
              "",
              ClockLead.of(Duration.ZERO),
              new NodeTimeZone(),
              Optional.empty());
      return log(query, NOW).copyTo(cluster, out);
    }
  }

  ServiceLog log(LogQuerySupport query, Instant now) {
    return new ServiceLog(
        "rig-1",
        false,
        "kubelet",
        query,
        window,
        new ServiceLog.Options(boot, pattern, CodePage.USUAL, Long.MAX_VALUE),
        InstantSource.fixed(now),
        LIMIT,
        caller());
  }

  static RequestOrigin caller() {
    return new RequestOrigin("item", "rig-1", 0);
  }

  DemoClusterFixture server(Answers answers) throws IOException {
    Handler handler =
        exchange -> {
          int number;
          synchronized (asked) {
            asked.add(exchange.request().query().values().toString());
            number = asked.size();
          }
          answers.answer(exchange, number);
        };
    return DemoClusterFixture.start(
        ReplayOptions.defaults().withInterceptor(request -> Optional.of(handler)));
  }

  Cluster cluster(DemoClusterFixture server) throws Exception {
    return OkHttpCluster.open(
        ClusterConnection.anonymous("fake", server.url().toString()),
        Clock.systemUTC(),
        "test",
        request -> {},
        ClientOptions.USUAL.withTicker(ticker));
  }

  void cut(Exchange exchange, String body, Cut cut) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var out = exchange.chunks(200, TYPE);
    int middle = bytes.length / 2;
    int lineEnd = body.indexOf('\n', middle) + 1;
    switch (cut) {
      case MIDDLE_OF_A_LINE -> out.write(bytes, 0, lineEnd == 0 ? middle : lineEnd - 7);
      case MIDDLE_OF_A_STAMP -> out.write(bytes, 0, lineEnd + 9);
      case END_OF_A_LINE, IN_WORDS -> {
        out.write(bytes, 0, lineEnd);
        if (cut == Cut.IN_WORDS) {
          out.write(
              "\ncontext error: context deadline exceeded\n".getBytes(StandardCharsets.UTF_8));
        }
        ticker.advance(LIMIT.cut());
      }
      case BEFORE_THE_FIRST_BYTE -> ticker.advance(LIMIT.cut());
      case RESET -> {
        out.write(bytes, 0, middle);
        out.flush();
        exchange.reset();
        return;
      }
      case MISSING_LAST_CHUNK -> {
        out.write(bytes, 0, middle);
        exchange.cut();
        return;
      }
    }
    out.close();
  }

  String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  static List<String> journal(Instant first, Duration step, int count) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      var time = STAMP.format(first.plus(step.multipliedBy(i)));
      lines.add(time + " rig-1 kubelet[1]: line " + i + "\n");
    }
    return lines;
  }

  static String rest(List<String> journal) {
    return String.join("", journal.subList(1, journal.size()));
  }

  /// All entries from then on, in the journal's order.
  static String since(List<String> journal, Instant since) {
    var stamps = new LineStamp(NOW, ZoneOffset.UTC);
    var text = new StringBuilder();
    for (String line : journal) {
      var bytes = line.getBytes(StandardCharsets.UTF_8);
      if (stamps.journalMicros(bytes, 0, bytes.length) >= LineStamp.micros(since)) {
        text.append(line);
      }
    }
    return text.isEmpty() ? "-- No entries --\n" : text.toString();
  }

  static Instant sinceTime(Exchange exchange, ZoneId zone) {
    var text = exchange.request().query().first("sinceTime").orElseThrow();
    var wallClock = OffsetDateTime.parse(text).toLocalDateTime();
    return wallClock.atZone(zone).toInstant();
  }
}
