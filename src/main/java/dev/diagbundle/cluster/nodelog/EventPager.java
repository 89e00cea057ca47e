package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.nodefile.LogPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// A pager over an event log, span by span, oldest first.
///
/// PowerShell sends nothing before it has found, sorted and laid out everything, so a query that is
/// too large ends after the kubelet's 30 s with nothing at all. Such a span is requested once more,
/// an eighth as long, after a pause; if that fails too, the newest events of the rest are requested
/// by number, which is little work however many there are. A slow span is followed by one half as
/// long, a quick one by one twice as long; PowerShell alone takes some seconds to start, twice per
/// query, so a quarter of the limit counts as quick.
final class EventPager {
  static final Duration FIRST_SLICE = Duration.ofHours(6);
  static final Duration MIN_SLICE = Duration.ofSeconds(60);
  static final int NEWEST_ROWS = 2_000;
  private static final int SHRINK = 8;
  private static final Duration BETWEEN = Duration.ofSeconds(2);
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /// The addition to the last query of a window without an end: a clock may be ahead by more than
  /// is known.
  private static final Duration FAR_AHEAD = Duration.ofDays(2);

  private final EventLog log;
  private final Cluster cluster;
  private final EventLogWriter copy;
  private final List<Outcome.Partial> gaps = new ArrayList<>();

  /// The position in the node's local time, represented as if it were UTC.
  private Instant position;

  private final Instant end;
  private Instant seekEnd;
  private Duration length = FIRST_SLICE;
  private boolean asked;

  EventPager(EventLog log, Cluster cluster, OutputStream out) {
    this.log = log;
    this.cluster = cluster;
    this.copy = new EventLogWriter(log.codePage(), out);
    var widening = log.zone().isPresent() ? Duration.ZERO : WindowsTimeZone.FARTHEST;
    var ahead = log.window().from().isAfter(log.nodeNow()) ? log.window().to() : log.nodeNow();
    var to = earlier(log.window().to(), ahead.plus(AHEAD));
    position = wall(log.window().from().minus(widening)).truncatedTo(ChronoUnit.SECONDS);
    end = wall(to.plus(widening)).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    seekEnd = position;
  }

  /// Reads to the end of the window.
  ///
  /// @return empty if there is no event log of that name
  Optional<Outcome> outcome() throws IOException, InterruptedException {
    int failures = 0;
    while (position.isBefore(end)) {
      var until = earlier(position.plus(length), end);
      var reply = ask(until, OptionalInt.empty());
      switch (reply.kind()) {
        case FILE -> {
          return Optional.empty();
        }
        case REFUSED -> {
          return Optional.of(refused(reply.outcome().orElseThrow()));
        }
        case WHOLE -> {
          failures = 0;
          advance(until, reply.took());
        }
        case CUT -> {
          failures++;
          if (copy.seam().hasMoved()) {
            copy.seam().seek();
            seekEnd = until;
          }
          if (failures > 1) {
            return Optional.of(newest(reply));
          }
          var part = Duration.between(position, until).dividedBy(SHRINK);
          length = longer(part.truncatedTo(ChronoUnit.SECONDS), MIN_SLICE);
          cluster.ticker().sleep(log.limit().cut());
        }
      }
    }
    return Optional.of(result());
  }

  private void advance(Instant until, Duration took) {
    position = until;
    if (copy.seam().isSeeking() && !position.isBefore(seekEnd)) {
      gaps.add(gap("the events " + after() + " until " + moment(position) + " are missing"));
      copy.seam().stopSeeking();
    }
    var cut = log.limit().cut();
    if (took.compareTo(cut.multipliedBy(2).dividedBy(3)) >= 0) {
      length = longer(length.dividedBy(2).truncatedTo(ChronoUnit.SECONDS), MIN_SLICE);
    } else if (took.compareTo(cut.dividedBy(4)) < 0) {
      length = length.multipliedBy(2);
    }
  }

  /// The last resort: the newest events, by number.
  private Outcome newest(EventQueryResult cut) throws IOException, InterruptedException {
    var why = cut.words();
    if (copy.seam().isSeeking()) {
      // A number of rows cannot be joined to a span that came in part.
      gaps.add(gap(why + "; the events " + after() + " are missing"));
      return result();
    }
    cluster.ticker().sleep(log.limit().cut());
    long before = copy.rows();
    var reply = ask(end, OptionalInt.of(NEWEST_ROWS));
    if (reply.kind() == EventQueryResult.Kind.WHOLE && reply.rows() < NEWEST_ROWS) {
      return result();
    }
    if (reply.kind() == EventQueryResult.Kind.WHOLE) {
      gaps.add(
          gap(
              why
                  + "; of the events from "
                  + moment(position)
                  + " on, only the newest "
                  + NEWEST_ROWS
                  + " are kept: those before "
                  + copy.firstTime()
                  + " (node's clock) are missing"));
      return result();
    }
    if (reply.outcome().isPresent()) {
      return refused(reply.outcome().get());
    }
    gaps.add(
        copy.rows() > before
            ? gap(why + "; the events around and " + after() + " are missing")
            : gap(why + "; the events from " + moment(position) + " on are missing"));
    return result();
  }

  private EventQueryResult ask(Instant until, OptionalInt newest)
      throws IOException, InterruptedException {
    if (asked) {
      cluster.ticker().sleep(BETWEEN);
    }
    var path =
        LogPath.ROOT.url(log.node())
            + "?query="
            + Request.value(log.provider())
            + "&sinceTime="
            + Request.value(position.toString())
            + "&untilTime="
            + Request.value(asked(until).toString())
            + (newest.isPresent() ? "&tailLines=" + newest.getAsInt() : "");
    try (var answer = cluster.fetch(Request.raw(path, log.caller()))) {
      asked = true;
      return copy.take(answer, log.provider(), log.limit());
    } catch (RequestFailedException e) {
      if (copy.rows() == 0) {
        throw e;
      }
      return EventQueryResult.refused(new Outcome.Failed(e.reason(), e.getMessage()));
    }
  }

  private Instant asked(Instant until) {
    return log.window().isOpen() && !until.isBefore(end) ? until.plus(FAR_AHEAD) : until;
  }

  /// The outcome after the kubelet's refusal to continue.
  private Outcome refused(Outcome why) {
    if (copy.rows() == 0) {
      return why;
    }
    gaps.add(
        new Outcome.Partial(
            why.why().orElse(Reason.INVALID_ANSWER),
            "the events from " + moment(position) + " on are missing: " + why.words()));
    return result();
  }

  private Outcome result() {
    gaps.addAll(copy.doubts());
    var notes = new ArrayList<>(gaps.stream().map(Outcome.Partial::detail).toList());
    if (copy.rows() == 0) {
      return gaps.isEmpty()
          ? PowerShellError.noEvents(log.provider())
          : new Outcome.Failed(Reason.TIMED_OUT, String.join("; ", notes));
    }
    if (log.zone().isEmpty()) {
      notes.add(
          "event timestamps are in the node's time zone, which is unknown, so the time window may"
              + " be off by up to 14 h in either direction");
    }
    boolean whole = notes.isEmpty();
    copy.encodingNote().ifPresent(notes::add);
    var words = String.join("; ", notes);
    if (whole) {
      return new Outcome.Collected(words);
    }
    return new Outcome.Partial(
        gaps.isEmpty() ? Reason.UNSUPPORTED : gaps.getFirst().reason(), words);
  }

  private static Outcome.Partial gap(String words) {
    return new Outcome.Partial(Reason.TRUNCATED, words);
  }

  private String after() {
    return "after " + copy.seam().lastTime() + " (node's clock)";
  }

  private Instant wall(Instant instant) {
    return instant.plusSeconds(log.zone().orElse(ZoneOffset.UTC).getTotalSeconds());
  }

  private String moment(Instant wall) {
    return log.zone().isPresent()
        ? wall.minusSeconds(log.zone().get().getTotalSeconds()).toString()
        : wall.toString().replace("Z", " (node's clock)");
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
