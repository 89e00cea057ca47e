package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.Fault;
import dev.diagbundle.cluster.LogQueryTimeout;
import dev.diagbundle.cluster.RandomEvents;
import dev.diagbundle.cluster.WindowsNode;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds of an event log whatever is in it and whatever fails.
@Tag("property")
final class EventLogPropertyTest {
  /// An answer may be cut soon, and is slow late: a busy machine must not make slices shorter.
  private static final LogQueryTimeout QUICK =
      new LogQueryTimeout(Duration.ofSeconds(4), Duration.ofMillis(30));

  @TempDir Path folder;

  /// Random events, windows and faults: each event of the window once and in order, or less of them
  /// and a reason.
  @Test
  void whateverFailsEventsAreThereOnceInOrderOrTheirLackIsSaid() throws Exception {
    int whole = 0;
    int partial = 0;
    for (int seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      var events = RandomEvents.of(random);
      var node = new WindowsNode(folder).zone(events.zone()).limit(QUICK);
      events.all().forEach(event -> node.event(event.time().toString(), event.message()));
      var faults = new Fault[200];
      double rate = random.nextInt(4) * 0.15;
      Arrays.setAll(
          faults,
          _ ->
              random.nextDouble() >= rate
                  ? Fault::unchanged
                  : answer ->
                      random.nextBoolean()
                          ? Fault.late(QUICK, new byte[0])
                          : Fault.late(
                              QUICK, Arrays.copyOf(answer, random.nextInt(answer.length + 1))));
      var copied = Fault.copy(node, events.from().toString(), events.to().toString(), faults);
      var wanted = events.wanted();
      var got = copied.messages();
      var words = "seed " + seed + ": " + copied.outcome();
      switch (copied.outcome().orElseThrow()) {
        case Outcome.Collected _ -> {
          assertEquals(wanted, got, words);
          whole++;
        }
        case Outcome.Skipped(Reason reason, String _) -> {
          assertEquals(Reason.EMPTY, reason, words);
          assertEquals(List.of(), wanted, words);
        }
        case Outcome.Partial(Reason reason, String detail) -> {
          assertEquals(Reason.TRUNCATED, reason, words);
          assertTrue(detail.contains("missing"), words);
          assertTrue(isPartOf(got, wanted), words + "\n" + wanted + "\n" + got);
          partial++;
        }
        case Outcome.Failed(Reason reason, String _) -> {
          assertEquals(Reason.TIMED_OUT, reason, words);
          assertEquals(List.of(), got, words);
        }
        case Outcome.Cancelled _ -> throw new AssertionError(words);
      }
    }
    assertTrue(whole > 20 && partial > 2, whole + " whole, " + partial + " partial");
  }

  private static boolean isPartOf(List<String> part, List<String> all) {
    var rest = new ArrayDeque<>(part);
    for (String one : all) {
      if (one.equals(rest.peekFirst())) {
        rest.removeFirst();
      }
    }
    return rest.isEmpty();
  }
}
