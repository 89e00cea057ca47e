package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertTrue;

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

/// A kubelet whose answers about its journal a test makes up, and the walk along them.
abstract class FaultyJournalFixture {
  static final Instant NOW = Instant.parse("2026-11-21T03:14:36Z");
  static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSSSSS", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  static final String TYPE = "text/plain;charset=UTF-8";

  static final String OLD_HEADER =
      "-- Logs begin at Fri 2026-11-20 11:00:00 EST, end at Fri 2026-11-20 22:14:36 EST. --\n";

  final List<Exchange> asked = new ArrayList<>();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final NodeTimeZone zone = new NodeTimeZone();
  TimeWindow window = TimeWindow.endingAt(NOW, Duration.ofHours(2));
  InstantSource clock = InstantSource.fixed(NOW);
  LogQuerySupport.State state = LogQuerySupport.State.ON;
  Duration skew = Duration.ZERO;
  Optional<LinePattern> pattern = Optional.empty();
  VirtualTicker ticker = new VirtualTicker();

  /// Answers one question after the other.
  interface Answers {
    void answer(Exchange exchange, int number) throws IOException, InterruptedException;
  }

  /// Where the pager is when the run is ended.
  enum Waiting {
    FOR_AN_ANSWER,
    FOR_MORE_OF_AN_ANSWER,
    BETWEEN_TWO_QUESTIONS
  }

  int questions() {
    synchronized (asked) {
      return asked.size();
    }
  }

  Outcome copy(Answers answers) throws Exception {
    try (var server = server(answers);
        var cluster = cluster(server)) {
      return log().copyTo(cluster, out);
    }
  }

  void narrow(Instant entry, Answers answers) throws Exception {
    try (var server =
            server((exchange, number) -> {
              assertTrue(number < 500, "too many questions");
              answers.answer(exchange, number);
            });
        var cluster = cluster(server)) {
      new TimeZoneSearch(log()).narrow(cluster, entry);
    }
  }

  ServiceLog log() {
    return new ServiceLog(
        "rig-1",
        false,
        "kubelet",
        new LogQuerySupport(state, "", ClockLead.of(skew), zone, Optional.empty()),
        window,
        new ServiceLog.Options(OptionalInt.empty(), pattern, CodePage.USUAL, Long.MAX_VALUE),
        clock,
        LogQueryTimeout.KUBELET,
        new RequestOrigin("item", "rig-1", 0));
  }

  DemoClusterFixture server(Answers answers) throws IOException {
    Handler handler =
        exchange -> {
          int number;
          synchronized (asked) {
            asked.add(exchange);
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

  String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  static String line(Instant time, String message) {
    return STAMP.format(time) + " rig-1 kubelet[1]: " + message + "\n";
  }

  static List<String> journal(Instant first, Duration step, int count) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      lines.add(line(first.plus(step.multipliedBy(i)), "line " + i));
    }
    return lines;
  }

  static String since(List<String> journal, Exchange exchange, String zone) {
    var text = exchange.request().query().first("sinceTime").orElseThrow();
    var wallClock = OffsetDateTime.parse(text).toLocalDateTime();
    return since(journal, wallClock.atZone(ZoneId.of(zone)).toInstant());
  }

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
}
