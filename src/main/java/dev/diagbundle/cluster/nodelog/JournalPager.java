package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.FailureRecordingInputStream;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.Response;
import dev.diagbundle.cluster.nodefile.DirectoryListing;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.Ticker;

/// A pager over the journal of one service of a Linux node, up to the end of the window. For one
/// thread.
///
/// The kubelet ends every response after 30 s without an error, and the missing part is then the
/// newest. Spans cannot be requested: its `untilTime` is broken on Linux. So each query starts a
/// little before the end of the previous response, until one ends in time or passes the window. The
/// [DedupWindow] finds the repeated entries.
final class JournalPager {
  /// Maximum change of a zone's offset at the start or end of daylight saving time.
  private static final Duration SAVING = Duration.ofHours(1);

  /// Maximum delay until a query reaches journalctl, which counts OpenShift's `since` from then.
  private static final Duration DELAY = Duration.ofMinutes(2);

  private static final int MAX_STALLS = 3;

  /// Maximum truncated responses: a node with more of them has an endless log.
  private static final int MAX_BROKEN_OFF = 1000;

  private static final int MAX_TIGHTENINGS = 3;

  /// Number of truncated responses beyond the start of the copy, by the node's clock, after which a
  /// window without an end counts as read: a node may log faster than it is read.
  private static final int MAX_BEYOND = 10;

  private static final Duration BEYOND = Duration.ofMinutes(1);

  private final ServiceLog log;
  private final JournalProgress progress;
  private final Duration slack;
  private final long begun;
  private Duration guard;
  private boolean sorting;
  private int tightenings;
  private int stalls;
  private int brokenOff;
  private int beyond;

  JournalPager(ServiceLog log, OutputStream out) {
    this.log = log;
    this.progress =
        new JournalProgress(new WindowFilter(log.stampedWindow(), log.options().pattern(), out));
    this.begun = LineStamp.micros(log.present().plus(BEYOND));
    boolean relative = log.query().state() == LogQuerySupport.State.ON_OPENSHIFT;
    this.slack = relative ? DELAY : SAVING;
    boolean late = relative || log.query().zone().needsSlack();
    this.guard = late ? slack : Duration.ZERO;
  }

  /// Copies the entries of the window.
  ///
  /// @return empty if the log is a file
  Optional<Outcome> copy(Cluster cluster) throws IOException, InterruptedException {
    while (true) {
      long newest = progress.newest();
      switch (ask(cluster)) {
        case JournalEnd.Proven() -> {
          return Optional.of(outcome());
        }
        case JournalEnd.BrokenOff broken -> {
          if (isOver(broken, newest, cluster.ticker())) {
            return Optional.of(outcome());
          }
        }
        case JournalEnd.TooEarly(var entry) -> {
          tightenings++;
          if (entry.isPresent()) {
            new TimeZoneSearch(log).narrow(cluster, entry.get());
          }
        }
        case JournalEnd.MaybeLate() -> {
          var zone = log.query().zone();
          zone.endAssumption();
          guard = zone.isWesternmost() ? Duration.ZERO : slack;
        }
        case JournalEnd.Lost() -> searchWider();
        case JournalEnd.Other(var outcome) -> {
          return Optional.of(progress.hasBegun() ? cutShort(outcome) : outcome);
        }
        case JournalEnd.IsFile() -> {
          return Optional.empty();
        }
      }
    }
  }

  /// Returns whether a truncated response is the last one.
  private boolean isOver(JournalEnd.BrokenOff broken, long newest, Ticker ticker)
      throws IOException, InterruptedException {
    broken.pass().ifPresent(JournalResponseReader::breakOff);
    if (++brokenOff > MAX_BROKEN_OFF) {
      progress.gap(missingAfter() + ": " + MAX_BROKEN_OFF + " responses were cut off");
      return true;
    }
    boolean known = log.query().lead().isKnown() && log.window().isOpen();
    if (known && progress.newest() > begun && ++beyond > MAX_BEYOND) {
      return true;
    }
    if (Math.abs(progress.newest() - newest) >= 1_000_000) {
      stalls = 0;
      guard = Duration.ZERO;
      // A query that breaks off at once is not repeated at once.
      ticker.sleep(log.limit().cut().dividedBy(30));
      return false;
    }
    stalls++;
    boolean silent = broken.pass().map(JournalResponseReader::entries).orElse(0L) == 0;
    if (!progress.hasBegun() && stalls > 1) {
      throw broken.failure().map(ErrorClassifier::brokenOff).orElseGet(JournalPager::silence);
    }
    if (stalls < MAX_STALLS) {
      if (silent) {
        // The node may still be running the query that it gave up.
        ticker.sleep(log.limit().cut());
      }
      return false;
    }
    if (silent || progress.overlap().isEmpty()) {
      progress.gap(
          missingAfter()
              + ": "
              + broken
                  .failure()
                  .map(ErrorClassifier::brokenOff)
                  .orElseGet(JournalPager::silence)
                  .getMessage());
      return true;
    }
    stalls = 0;
    broken.pass().orElseThrow().finishStalled();
    progress.skipSecond();
    return false;
  }

  private static RequestFailedException silence() {
    return new RequestFailedException(
        Reason.TIMED_OUT, 200, "no line within the kubelet's limit of 30 s");
  }

  /// Widens the search after a response without the known entries: either the query started too
  /// late, by an hour of daylight saving, or the journal has discarded them.
  private void searchWider() {
    if (guard.isZero()) {
      guard = slack;
      return;
    }
    progress.gap("the journal dropped entries while it was read");
    sorting = true;
  }

  private JournalEnd ask(Cluster cluster) throws IOException, InterruptedException {
    var start = start();
    try (var answer = cluster.fetch(Request.raw(log.path(start.option()), log.caller()))) {
      var preview = BodyPrefix.of(answer.body());
      if (preview.isBlank()) {
        return log.limit().mayHaveCut(answer.elapsed())
            ? new JournalEnd.BrokenOff(Optional.empty(), Optional.empty())
            : new JournalEnd.Other(
                new Outcome.Failed(Reason.INVALID_ANSWER, "the response is empty"));
      }
      var noLog = noLog(answer, preview.text(), start);
      return noLog.isPresent() ? noLog.get() : read(answer, preview.whole(), start);
    } catch (RequestFailedException e) {
      if (!progress.hasBegun()) {
        throw e;
      }
      return new JournalEnd.Other(new Outcome.Failed(e.reason(), e.getMessage()));
    }
  }

  /// The end that the response represents, if its first line is not that of a log.
  private Optional<JournalEnd> noLog(Response answer, String head, JournalStart start) {
    if (DirectoryListing.isListing(answer.contentType(), head)) {
      return Optional.of(
          new JournalEnd.Other(
              new Outcome.Failed(
                  Reason.INVALID_ANSWER, "the response is a directory listing instead of a log")));
    }
    boolean late = log.limit().mayHaveCut(answer.elapsed());
    if (ErrorInBody.isFileHint(head) && !late && !progress.hasBegun()) {
      return Optional.of(new JournalEnd.IsFile());
    }
    var outcome = ErrorInBody.of(log.service(), head, late, true);
    if (!late && outcome.flatMap(Outcome::why).filter(Reason.INVALID_ANSWER::equals).isPresent()) {
      // An error message of journalctl, which may precede entries: its errors are not buffered.
      return Optional.empty();
    }
    return outcome.map(words -> noLog(words, start));
  }

  private JournalEnd noLog(Outcome outcome, JournalStart start) {
    return switch (outcome) {
      case Outcome.Skipped(Reason reason, _) when reason == Reason.EMPTY -> noEntries(start);
      case Outcome.Failed(Reason reason, String words) when reason == Reason.TIMED_OUT ->
          new JournalEnd.BrokenOff(
              Optional.of(new RequestFailedException(reason, 200, words)), Optional.empty());
      default -> new JournalEnd.Other(outcome);
    };
  }

  private JournalEnd noEntries(JournalStart start) {
    if (!progress.overlap().isEmpty() && !sorting) {
      return new JournalEnd.Lost();
    }
    return !progress.hasBegun() && start.mayBeLate()
        ? new JournalEnd.MaybeLate()
        : new JournalEnd.Proven();
  }

  private JournalEnd read(Response answer, InputStream body, JournalStart start)
      throws IOException {
    var pass =
        sorting
            ? JournalResponseReader.sorting(progress, start::accept)
            : JournalResponseReader.following(progress, start::accept);
    var source = new FailureRecordingInputStream(body);
    try {
      var end = new JournalParser(new LineStamp(log.present(), ZoneOffset.UTC), pass).read(source);
      if (start.judgement() != JournalStart.Judgement.GOOD) {
        return refused(start);
      }
      if (pass.isLost()) {
        return new JournalEnd.Lost();
      }
      if (end == JournalParser.End.STOPPED) {
        return new JournalEnd.Proven();
      }
      if (end == JournalParser.End.WHOLE && !log.limit().mayHaveCut(answer.elapsed())) {
        pass.finish();
        return pass.isLost() ? new JournalEnd.Lost() : closed(pass, start);
      }
      return brokenOff(Optional.empty(), pass);
    } catch (IOException e) {
      if (source.breakOff().isEmpty()) {
        throw e;
      }
      return brokenOff(source.breakOff(), pass);
    }
  }

  private JournalStart start() {
    var instant = progress.next(log.stampedWindow().from()).minus(guard);
    boolean isFirst = !progress.hasBegun();
    return new JournalStart(
        log,
        instant,
        tightenings < MAX_TIGHTENINGS,
        isFirst && guard.isZero(),
        isFirst && !guard.isZero());
  }

  private JournalEnd refused(JournalStart start) {
    return switch (start.judgement()) {
      case MAYBE_LATE -> new JournalEnd.MaybeLate();
      case GOOD, TOO_EARLY -> new JournalEnd.TooEarly(Optional.empty());
      case ZONE_UNKNOWN -> {
        var overlap = progress.overlap();
        yield new JournalEnd.TooEarly(
            Optional.of(overlap.isEmpty() ? start.first() : LineStamp.instant(overlap.earliest())));
      }
    };
  }

  private JournalEnd closed(JournalResponseReader pass, JournalStart start) {
    var words = pass.foreignWords();
    if (pass.entries() == 0) {
      return words.isEmpty()
          ? noEntries(start)
          : new JournalEnd.Other(new Outcome.Failed(Reason.INVALID_ANSWER, words));
    }
    if (!words.isEmpty()) {
      progress.gap("message of the node: " + words);
    }
    return new JournalEnd.Proven();
  }

  private JournalEnd brokenOff(Optional<IOException> failure, JournalResponseReader pass) {
    if (sorting) {
      progress.gap(missingAfter());
      return new JournalEnd.Proven();
    }
    return new JournalEnd.BrokenOff(failure, Optional.of(pass));
  }

  private String missingAfter() {
    return "entries after " + LineStamp.instant(progress.newest()) + " are missing";
  }

  /// The outcome for the log up to the node's refusal to continue.
  private Outcome cutShort(Outcome refusal) {
    progress.gap(missingAfter() + ": " + refusal.words());
    return outcome();
  }

  private Outcome outcome() {
    if (progress.hasGaps()) {
      return progress.cut().kept() > 0
          ? new Outcome.Partial(Reason.TRUNCATED, progress.gaps())
          : new Outcome.Failed(Reason.TRUNCATED, progress.gaps());
    }
    if (progress.cut().kept() > 0) {
      return new Outcome.Collected();
    }
    return new Outcome.Skipped(
        Reason.EMPTY,
        log.options().pattern().isPresent() && progress.hasBegun()
            ? "no entry of " + log.service() + " in the time window matches the pattern"
            : "the journal has no entries of " + log.service() + " in the time window");
  }
}
