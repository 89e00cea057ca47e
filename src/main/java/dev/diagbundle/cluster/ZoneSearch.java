package dev.diagbundle.cluster;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Finds the time zone of a Linux node by questions about an entry of its journal that is known: an
/// answer that starts behind the entry was asked for too late, so the zone is less far ahead of UTC
/// than the question took it to be. Every answer is ended after its first entry.
final class ZoneSearch {
  private final ServiceLog log;
  private final NodeZone zone;

  ZoneSearch(ServiceLog log) {
    this.log = log;
    this.zone = log.query().zone();
  }

  /// Asks until a question for the entry starts at it, or the zone is known.
  ///
  /// @param entry the stamp of an entry
  void narrow(Cluster cluster, Instant entry) throws IOException, InterruptedException {
    for (var guess = zone.guess(); guess.isPresent(); guess = zone.guess()) {
      var wallClock = entry.plus(guess.get()).truncatedTo(ChronoUnit.SECONDS);
      var first = firstEntry(cluster, wallClock);
      if (first.isEmpty() || first.get().isAfter(entry)) {
        zone.below(guess.get());
        continue;
      }
      zone.atLeast(guess.get());
      zone.learn(wallClock, first.get());
      if (!first.get().isBefore(entry.truncatedTo(ChronoUnit.SECONDS))) {
        return;
      }
    }
  }

  private Optional<Instant> firstEntry(Cluster cluster, Instant wallClock)
      throws IOException, InterruptedException {
    var path = log.path("&sinceTime=" + Call.value(wallClock.toString()));
    try (var answer = cluster.fetch(Call.raw(path, log.caller()))) {
      var head = Preview.of(answer.body()).firstBytes();
      long micros = new JournalStamp(log.present()).micros(head, 0, head.length);
      return micros == JournalStamp.NONE
          ? Optional.empty()
          : Optional.of(JournalStamp.instant(micros));
    }
  }
}
