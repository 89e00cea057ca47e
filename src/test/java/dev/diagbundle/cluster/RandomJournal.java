package dev.diagbundle.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// The journal of one service in the order of its entries, made up at random: bursts, equal lines,
/// messages of several lines, clocks that step, boots, silence.
public final class RandomJournal {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSSSSS", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final RandomGenerator random;
  private final List<Entry> entries = new ArrayList<>();
  private Instant clock;
  private int boot;

  /// @param text with its line feed
  public record Entry(Instant time, int boot, String text) {
    public String bootMark() {
      return "-- Boot %032x --\n".formatted(boot);
    }
  }

  private RandomJournal(RandomGenerator random, Instant start) {
    this.random = random;
    this.clock = start;
  }

  public static List<Entry> make(RandomGenerator random, Instant start, boolean clockSteps) {
    var journal = new RandomJournal(random, start);
    int episodes = random.nextInt(1, 12);
    for (int i = 0; i < episodes; i++) {
      journal.episode(clockSteps);
    }
    return List.copyOf(journal.entries);
  }

  private void episode(boolean clockSteps) {
    switch (random.nextInt(clockSteps ? 8 : 6)) {
      case 0 -> quiet();
      case 1 -> burst();
      case 2 -> clock = clock.plus(Duration.ofMinutes(random.nextInt(10, 400)));
      case 3 -> {
        boot++;
        clock = clock.plusSeconds(random.nextInt(5, 90));
        steady(random.nextInt(1, 40));
      }
      case 6 -> stepBack();
      case 7 -> clock = clock.plusSeconds(random.nextInt(1, 7200));
      default -> steady(random.nextInt(1, 300));
    }
  }

  private void quiet() {
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      clock = clock.plus(Duration.ofSeconds(random.nextInt(60, 3000)));
      add();
    }
  }

  private void steady(int count) {
    for (int i = 0; i < count; i++) {
      clock = clock.plus(random.nextInt(1, 3_000_000), ChronoUnit.MICROS);
      add();
    }
  }

  /// Thousands of entries within a second, many with the stamp of their neighbour.
  private void burst() {
    for (int i = random.nextInt(200, 3000); i > 0; i--) {
      clock = clock.plus(random.nextInt(0, 300), ChronoUnit.MICROS);
      add();
    }
  }

  /// The clock is set back, and the service goes on logging for longer than by how much.
  private void stepBack() {
    int millis = random.nextInt(1, random.nextBoolean() ? 2_000 : 300_000);
    clock = clock.minusMillis(millis);
    for (int passed = 0; passed < millis + 3000; passed += 150) {
      clock = clock.plusMillis(150);
      add();
    }
  }

  private void add() {
    var head = STAMP.format(clock) + " rig-1 kubelet[4711]: ";
    entries.add(new Entry(clock, boot, head + message(head.length()) + "\n"));
  }

  private String message(int indent) {
    return switch (random.nextInt(12)) {
      case 0 -> "first\n" + " ".repeat(indent) + "second\n" + " ".repeat(indent) + "-- third --";
      case 1 -> "";
      case 2 -> "-- No entries --";
      case 3 -> "[11B blob data]";
      case 4 -> "x".repeat(random.nextInt(1, 5000));
      case 5 -> "seq=" + entries.size();
      default -> "the same line again";
    };
  }
}
