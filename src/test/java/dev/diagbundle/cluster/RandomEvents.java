package dev.diagbundle.cluster;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// Events and a window at random, with a liking for the seconds where slices meet and for events
/// that look alike.
///
/// @param all in the order of time
public record RandomEvents(String zone, Instant from, Instant to, List<Event> all) {
  private static final List<String> ZONES = List.of("UTC", "-08:00", "+05:30", "+12:45");

  public record Event(Instant time, String message) {}

  public static RandomEvents of(Random random) {
    var from = Instant.parse("2026-11-20T00:00:00Z").plusMillis(500L * random.nextInt(100));
    var to = from.plusMillis(500L + random.nextInt(30 * 3600 * 2) * 500L);
    var all = new ArrayList<Event>();
    int count = random.nextInt(60);
    for (int i = 0; i < count; i++) {
      // The first slices meet every 6 h; after a fault, every 45 min and so on.
      var start = from.truncatedTo(ChronoUnit.SECONDS);
      var meeting = start.plusSeconds((2700L * random.nextInt(44)) - 2700);
      var fraction =
          switch (random.nextInt(4)) {
            case 0, 1 -> 0;
            case 2 -> random.nextInt(1000);
            default -> -random.nextInt(1000);
          };
      var message = random.nextInt(3) == 0 ? "same" : "e" + i;
      all.add(new Event(meeting.plusMillis(fraction), message));
      if (random.nextInt(3) == 0) {
        all.add(new Event(meeting.plusMillis(random.nextInt(2) * 700L), message));
      }
    }
    all.sort(Comparator.comparing(Event::time));
    return new RandomEvents(ZONES.get(random.nextInt(ZONES.size())), from, to, all);
  }

  /// The messages of the window, widened to whole seconds.
  public List<String> wanted() {
    var first = from.truncatedTo(ChronoUnit.SECONDS);
    var last = to.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
    return all.stream()
        .filter(event -> !event.time().isBefore(first) && !event.time().isAfter(last))
        .map(Event::message)
        .toList();
  }
}
