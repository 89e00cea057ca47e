package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.FailureRecordingInputStream;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.Reason;

/// A search for the time zone of a Linux node by queries for a known entry of its journal: if a
/// response starts behind the entry, the query was too late, so the zone's lead over UTC is less
/// than the query assumed. Every response is ended after its first entry.
final class TimeZoneSearch {
  private final ServiceLog log;
  private final NodeTimeZone zone;

  TimeZoneSearch(ServiceLog log) {
    this.log = log;
    this.zone = log.query().zone();
  }

  /// A visitor that waits for the first entry, and skips the header that journalctl before systemd
  /// 250 puts before it.
  private static final class FirstEntry implements JournalParser.Visitor {
    private Optional<Instant> stamp = Optional.empty();
    private boolean header;

    @Override
    public boolean begin(JournalParser.Kind kind, long micros) {
      if (kind == JournalParser.Kind.ENTRY) {
        stamp = Optional.of(LineStamp.instant(micros));
      }
      boolean second = header;
      header = true;
      return kind == JournalParser.Kind.MARK && !second;
    }

    @Override
    public void bytes(byte[] buffer, int from, int to) {
      // Only the stamp matters.
    }
  }

  /// Repeats the query until one for the entry starts at it, or the zone is known, or the node does
  /// not respond: the zone only saves time, so that is no failure.
  ///
  /// @param entry the stamp of an entry
  void narrow(Cluster cluster, Instant entry) throws IOException, InterruptedException {
    try {
      ask(cluster, entry);
    } catch (RequestFailedException e) {
      // The log itself will be requested again; that reports a lasting failure.
      return;
    }
  }

  private void ask(Cluster cluster, Instant entry) throws IOException, InterruptedException {
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

  /// @return empty if there is no entry from then on
  /// @throws RequestFailedException if the response does not tell
  private Optional<Instant> firstEntry(Cluster cluster, Instant wallClock)
      throws IOException, InterruptedException {
    var path = log.path("&sinceTime=" + Request.value(wallClock.toString()));
    try (var answer = cluster.fetch(Request.raw(path, log.caller()))) {
      var first = new FirstEntry();
      var source = new FailureRecordingInputStream(answer.body());
      try {
        var _ = new JournalParser(new LineStamp(log.present(), ZoneOffset.UTC), first).read(source);
      } catch (IOException e) {
        throw source.breakOff().isPresent() ? ErrorClassifier.brokenOff(e) : e;
      }
      if (first.stamp.isEmpty() && log.limit().mayHaveCut(answer.elapsed())) {
        throw new RequestFailedException(Reason.TIMED_OUT, 200, "no entry in time");
      }
      return first.stamp;
    }
  }
}
