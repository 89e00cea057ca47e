package dev.diagbundle.cluster.podlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.FakePodLog;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.http.Interceptor;
import dev.diagbundle.testing.VirtualTicker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random logs of containers, windows and breaks: what is collected is exactly what the log holds
/// of the window, once each, in order; where the outcome says partial, it is a part of that.
@Tag("property")
final class ContainerLogPropertyTest {
  private static final int CASES = Integer.getInteger("podlog.cases", 200);
  private static final long SEED = Long.getLong("podlog.seed", 20261121L);
  private static final Instant START = Instant.parse("2026-11-21T03:14:36Z");

  private int collected;
  private int brokenAndCollected;
  private int rotatedAndSaid;

  @Test
  void linesOfTheWindowAreCollectedOnceEachInOrderHoweverAnswersBreakOff() throws Exception {
    var served = new AtomicReference<Interceptor>(request -> Optional.empty());
    var options = ReplayOptions.defaults().withInterceptor(r -> served.get().intercept(r));
    try (var server = DemoClusterFixture.start(options);
        var cluster =
            OkHttpCluster.open(
                ClusterConnection.anonymous("fake", server.url().toString()),
                Clock.systemUTC(),
                "test",
                request -> {},
                ClientOptions.USUAL.withTicker(new VirtualTicker()))) {
      for (int i = 0; i < CASES; i++) {
        check(SEED + i, cluster, served);
      }
    }
    assertTrue(collected > CASES / 2, "whole: " + collected + " of " + CASES);
    assertTrue(brokenAndCollected > CASES / 6, "whole though broken: " + brokenAndCollected);
    assertTrue(rotatedAndSaid > 0, "rotations that were said");
  }

  private void check(long seed, Cluster cluster, AtomicReference<Interceptor> served)
      throws Exception {
    var random = new Random(seed);
    var lines = lines(random);
    var end = lines.isEmpty() ? START : lines.getLast().stamp();
    var from = START.plusMillis(random.nextInt(-2_000, 3_000));
    var to = random.nextInt(3) == 0 ? end.minusMillis(random.nextInt(3_000)) : end.plusSeconds(1);
    if (!to.isAfter(from)) {
      to = from.plusSeconds(1);
    }
    boolean previous = random.nextInt(5) == 0;
    double share = random.nextInt(4) == 0 ? 0 : random.nextDouble(0.1, 0.8);
    var log = new FakePodLog(lines, random, share);
    boolean rotated = random.nextInt(6) == 0;
    if (rotated) {
      log.rotatedAt(random.nextInt(lines.size() + 1));
    }
    served.set(log);
    var out = new ByteArrayOutputStream();
    var asked =
        new ContainerLog(
            "a",
            "b",
            "c",
            previous,
            new TimeWindow(from, to),
            OptionalInt.empty(),
            new RequestOrigin("item", "rig-1", 0));
    Outcome outcome;
    try {
      outcome = asked.copyTo(cluster, out);
    } catch (RequestFailedException e) {
      assertEquals(Reason.TRUNCATED, e.reason(), "seed " + seed);
      assertEquals(0, out.size(), "seed " + seed);
      return;
    }
    var expected = FakePodLog.expected(lines, previous ? Instant.MIN : from, to);
    var got = out.toString(StandardCharsets.UTF_8);
    var about = "seed " + seed + ", " + outcome + ", asked " + log.asked();
    switch (outcome) {
      case Outcome.Collected _ -> {
        if (!expected.equals(got)) {
          throw new AssertionError(about + difference(expected, got));
        }
        collected++;
        brokenAndCollected += log.answers() > 1 ? 1 : 0;
      }
      case Outcome.Skipped(Reason reason, _) -> {
        assertEquals(Reason.EMPTY, reason, about);
        assertEquals("", expected, about);
        collected++;
      }
      case Outcome.Partial(Reason reason, var words) -> {
        assertEquals(Reason.TRUNCATED, reason, about);
        if (words.contains("rotated")) {
          assertTrue(rotated, about);
          rotatedAndSaid++;
        }
        assertPart(expected, got, about);
      }
      case Outcome.Failed(Reason reason, _) -> {
        assertEquals(Reason.TRUNCATED, reason, about);
        assertTrue(rotated, about);
      }
      case Outcome.Cancelled _ -> throw new AssertionError(about);
    }
  }

  /// All lines but such as lack their end come in their order, none twice.
  private static void assertPart(String expected, String got, String about) throws IOException {
    var left = new ArrayList<>(expected.lines().toList());
    for (String line : got.lines().toList()) {
      while (!left.isEmpty() && !left.getFirst().startsWith(line)) {
        left.removeFirst();
      }
      assertTrue(!left.isEmpty(), () -> about + ": too much or out of order: " + cut(line));
      left.removeFirst();
    }
  }

  private static String difference(String expected, String got) {
    int at = 0;
    while (at < Math.min(expected.length(), got.length())
        && expected.charAt(at) == got.charAt(at)) {
      at++;
    }
    return "\nat "
        + at
        + " of "
        + expected.length()
        + " and "
        + got.length()
        + "\nexpected "
        + cut(expected.substring(at))
        + "\ngot      "
        + cut(got.substring(at));
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(200, text.length()));
  }

  private static List<FakePodLog.Line> lines(Random random) {
    var lines = new ArrayList<FakePodLog.Line>();
    var time = START;
    int count = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(300);
    boolean coarse = random.nextInt(4) == 0;
    for (int i = 0; i < count; i++) {
      time =
          switch (random.nextInt(8)) {
            case 0 -> time.plusMillis(random.nextInt(1, 3_000));
            case 1 -> time;
            default -> time.plusNanos(random.nextInt(2_000_000));
          };
      // The stamps of two streams are not quite in order.
      var late = random.nextInt(8) == 0 ? time.minusMillis(random.nextInt(1, 100)) : time;
      var stamp = coarse ? Instant.ofEpochSecond(late.getEpochSecond()) : late;
      int burst = random.nextInt(40) == 0 ? random.nextInt(200) : 1;
      var text = text(random);
      for (int k = 0; k < burst; k++) {
        lines.add(new FakePodLog.Line(stamp, text));
      }
    }
    if (!lines.isEmpty() && random.nextInt(3) == 0) {
      lines.add(new FakePodLog.Line(lines.getLast().stamp(), "a line without its end ~"));
    }
    return lines;
  }

  private static String text(Random random) {
    return switch (random.nextInt(60)) {
      case 0 -> "x".repeat(random.nextInt(120_000));
      case 1 -> "y".repeat(ContainerLogResponseReader.HELD_BYTES - random.nextInt(60));
      case 2 -> "";
      case 3 -> "Error: a container may say so too";
      default -> "GET /cart/" + random.nextInt(4) + " é";
    };
  }
}
