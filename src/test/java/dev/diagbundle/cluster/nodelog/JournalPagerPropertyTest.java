package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.FakeJournalKubelet;
import dev.diagbundle.cluster.LogQueryTimeout;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.RandomJournal;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.ClockLead;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.http.Interceptor;
import dev.diagbundle.testing.VirtualTicker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random journals, windows, zones and cuts: what is collected is exactly what the journal holds of
/// the window, once each, in order; where the outcome says partial, it is a part of that.
@Tag("property")
final class JournalPagerPropertyTest {
  private static final int CASES = Integer.getInteger("journal.cases", 250);
  private static final long SEED = Long.getLong("journal.seed", 20261121L);

  private static final LogQueryTimeout LIMIT = LogQueryTimeout.KUBELET;

  private static final List<String> ZONES =
      List.of(
          "UTC",
          "UTC-8",
          "UTC+05:30",
          "America/New_York",
          "Europe/Berlin",
          "Australia/Lord_Howe",
          "UTC-12",
          "UTC+14");

  private static final List<String> STARTS =
      List.of(
          "2026-11-21T03:14:36Z",
          "2026-12-31T22:30:00Z",
          "2028-02-28T23:00:00Z",
          "2026-03-08T04:00:00Z",
          "2026-10-24T20:00:00Z",
          "2026-11-01T02:00:00Z");

  private final VirtualTicker ticker = new VirtualTicker();
  private int collected;
  private int cutAndCollected;

  @Test
  void entriesOfTheWindowAreCollectedOnceEachInOrder() throws Exception {
    var kubelet = new AtomicReference<Interceptor>(request -> Optional.empty());
    var options = ReplayOptions.defaults().withInterceptor(r -> kubelet.get().intercept(r));
    try (var server = DemoClusterFixture.start(options);
        var cluster =
            OkHttpCluster.open(
                ClusterConnection.anonymous("fake", server.url().toString()),
                Clock.systemUTC(),
                "test",
                request -> {},
                ClientOptions.USUAL.withTicker(ticker))) {
      for (int i = 0; i < CASES; i++) {
        check(SEED + i, cluster, kubelet);
      }
    }
    assertTrue(collected > CASES / 2, "proven: " + collected + " of " + CASES);
    assertTrue(cutAndCollected > CASES / 5, "proven though cut: " + cutAndCollected);
  }

  private void check(long seed, Cluster cluster, AtomicReference<Interceptor> served)
      throws Exception {
    var random = new Random(seed);
    var start = Instant.parse(STARTS.get(random.nextInt(STARTS.size())));
    boolean steps = random.nextInt(3) == 0;
    var journal = RandomJournal.make(random, start, steps);
    var end = journal.stream().map(RandomJournal.Entry::time).max(Instant::compareTo);
    var present = end.orElse(start).plusSeconds(random.nextInt(1, 7200));
    var window = window(random, start, present);
    boolean openshift = random.nextInt(4) == 0;
    var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    double share = random.nextInt(4) == 0 ? 0 : random.nextDouble(0.1, 0.7);
    var kubelet = new FakeJournalKubelet(journal, zone, present, LIMIT, random, share, ticker);
    served.set(kubelet);
    var state = openshift ? LogQuerySupport.State.ON_OPENSHIFT : LogQuerySupport.State.ON;
    var query =
        new LogQuerySupport(
            state, "", ClockLead.of(Duration.ZERO), new NodeTimeZone(), Optional.empty());
    if (random.nextBoolean()) {
      // What is known of the zone then comes from another time, with or without daylight saving.
      var other = window(random, start, present);
      outcome(log(query, other, present), cluster, new ByteArrayOutputStream());
    }
    var log = log(query, window, present);
    var out = new ByteArrayOutputStream();
    var outcome = outcome(log, cluster, out);
    var expected = expected(journal, window);
    var got = out.toString(StandardCharsets.UTF_8);
    var story = "seed " + seed + ", " + zone + ", " + window + ", " + outcome;
    switch (outcome) {
      case Outcome.Collected _ -> {
        assertEquals(String.join("", expected), got, story);
        collected++;
        if (kubelet.cuts() > 0) {
          cutAndCollected++;
        }
      }
      case Outcome.Skipped _ -> assertEquals(List.of(), expected, story);
      case Outcome.Partial _, Outcome.Failed _ -> {
        assertTrue(kubelet.cuts() > 0, story);
        assertTrue(isPartOf(got, expected), story);
      }
      case Outcome.Cancelled _ -> fail(story);
    }
  }

  private static ServiceLog log(LogQuerySupport query, TimeWindow window, Instant present) {
    return new ServiceLog(
        "rig-1",
        false,
        "kubelet",
        query,
        window,
        ServiceLog.Options.NONE,
        InstantSource.fixed(present),
        LIMIT,
        new RequestOrigin("item", "rig-1", 0));
  }

  private static Outcome outcome(ServiceLog log, Cluster cluster, ByteArrayOutputStream out)
      throws Exception {
    try {
      return log.copyTo(cluster, out);
    } catch (RequestFailedException e) {
      return new Outcome.Failed(e.reason(), e.getMessage());
    }
  }

  private static TimeWindow window(Random random, Instant start, Instant present) {
    long span = Duration.between(start, present).toSeconds();
    var from = start.plusSeconds(random.nextLong(-3600, span)).plusNanos(random.nextInt(1000));
    var to = random.nextBoolean() ? present : from.plusSeconds(random.nextLong(1, 7200));
    return new TimeWindow(from, to.isAfter(from) ? to : from.plusSeconds(1));
  }

  private static List<String> expected(List<RandomJournal.Entry> journal, TimeWindow window) {
    var lines = new ArrayList<String>();
    int boot = -1;
    for (RandomJournal.Entry entry : journal) {
      if (window.contains(entry.time())) {
        boolean mark = boot >= 0 && boot != entry.boot();
        lines.add((mark ? entry.bootMark() : "") + entry.text());
        boot = entry.boot();
      }
    }
    return lines;
  }

  /// Whether the text is made of some of the entries, in their order.
  private static boolean isPartOf(String text, List<String> entries) {
    int at = 0;
    for (String entry : entries) {
      var bare = entry.startsWith("-- ") ? entry.substring(entry.indexOf('\n') + 1) : entry;
      if (text.startsWith(entry, at)) {
        at += entry.length();
      } else if (text.startsWith(bare, at)) {
        at += bare.length();
      }
    }
    return at == text.length();
  }
}
