package dev.diagbundle.cluster;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The journal of one service of a Linux node, read to the window's end over as many questions as
/// that takes. For one thread.
///
/// The kubelet ends every answer after 30 s without a word, and what is missing then is the newest.
/// It cannot be asked for a slice: its `untilTime` is broken on Linux. So each question starts a
/// little before where the answer before it broke off, until one ends in time or passes the window.
/// What it repeats is found by the [Overlap].
final class JournalWalk {
  /// What the offset of a zone with daylight saving changes by, at most.
  private static final Duration SAVING = Duration.ofHours(1);

  private static final int MAX_STALLS = 3;
  private static final int MAX_TIGHTENINGS = 3;

  private final ServiceLog log;
  private final JournalProgress progress;
  private Duration guard = Duration.ZERO;
  private boolean sorting;
  private int tightenings;
  private int stalls;

  JournalWalk(ServiceLog log, OutputStream out) {
    this.log = log;
    this.progress = new JournalProgress(new JournalCut(log.window(), log.options().pattern(), out));
  }

  /// How an answer ended.
  private sealed interface End {
    /// With nothing behind it, or behind the window.
    record Proven() implements End {}

    /// Before that, by the kubelet or with a failure.
    record BrokenOff(Optional<IOException> failure, Optional<JournalPass> pass) implements End {}

    /// It starts needlessly early, and the next can start later.
    ///
    /// @param entry the stamp of an entry, if more has to be known of the zone for that
    record TooEarly(Optional<Instant> entry) implements End {}

    /// Nothing shows that it does not start too late.
    record MaybeLate() implements End {}

    /// It does not repeat what was read before.
    record Lost() implements End {}

    /// It is no log but this.
    record Other(Outcome outcome) implements End {}

    /// The log is a file, for which no options are taken.
    record IsFile() implements End {}
  }

  /// Copies the entries of the window.
  ///
  /// @return empty if the log is a file
  Optional<Outcome> copy(Cluster cluster) throws IOException, InterruptedException {
    while (true) {
      long newest = progress.newest();
      switch (ask(cluster)) {
        case End.Proven() -> {
          return Optional.of(outcome());
        }
        case End.BrokenOff broken -> {
          if (isOver(broken, newest)) {
            return Optional.of(outcome());
          }
        }
        case End.TooEarly(var entry) -> {
          tightenings++;
          if (entry.isPresent()) {
            new ZoneSearch(log).narrow(cluster, entry.get());
          }
        }
        case End.MaybeLate() -> guard = SAVING;
        case End.Lost() -> searchWider();
        case End.Other(var outcome) -> {
          return Optional.of(progress.hasBegun() ? cutShort(outcome) : outcome);
        }
        case End.IsFile() -> {
          return Optional.empty();
        }
      }
    }
  }

  /// Whether an answer that broke off is the last to be waited for.
  private boolean isOver(End.BrokenOff broken, long newest)
      throws IOException, InterruptedException {
    broken.pass().ifPresent(JournalPass::breakOff);
    if (Math.abs(progress.newest() - newest) >= 1_000_000) {
      stalls = 0;
      guard = Duration.ZERO;
      return false;
    }
    stalls++;
    boolean silent = broken.pass().map(JournalPass::entries).orElse(0L) == 0;
    if (!progress.hasBegun() && stalls > 1) {
      throw broken.failure().map(Refusals::brokenOff).orElseGet(JournalWalk::silence);
    }
    if (stalls < MAX_STALLS) {
      if (silent) {
        // The node may still be working at the question that it gave up.
        Thread.sleep(log.limit().cut());
      }
      return false;
    }
    if (silent || progress.overlap().isEmpty()) {
      progress.gap(
          missingAfter()
              + ": "
              + broken
                  .failure()
                  .map(Refusals::brokenOff)
                  .orElseGet(JournalWalk::silence)
                  .getMessage());
      return true;
    }
    stalls = 0;
    broken.pass().orElseThrow().finishStalled();
    progress.skipSecond();
    return false;
  }

  private static RefusedException silence() {
    return new RefusedException(Reason.TIMED_OUT, 200, "no line came within the kubelet's 30 s");
  }

  /// What was read before did not come again: either the question started too late, by an hour of
  /// daylight saving, or the journal has let go of it.
  private void searchWider() {
    if (guard.isZero()) {
      guard = SAVING;
      return;
    }
    progress.gap("the journal dropped entries while it was read");
    sorting = true;
  }

  private End ask(Cluster cluster) throws IOException, InterruptedException {
    var start = start();
    try (var answer = cluster.fetch(Call.raw(log.path(start.option()), log.caller()))) {
      var preview = Preview.of(answer.body());
      if (preview.isEmpty()) {
        return log.limit().mayHaveCut(answer.elapsed())
            ? new End.BrokenOff(Optional.empty(), Optional.empty())
            : new End.Other(new Outcome.Failed(Reason.INVALID_ANSWER, "the answer is empty"));
      }
      var noLog = noLog(answer, preview.text(), start);
      return noLog.isPresent() ? noLog.get() : read(answer, preview.whole(), start);
    } catch (RefusedException e) {
      if (!progress.hasBegun()) {
        throw e;
      }
      return new End.Other(new Outcome.Failed(e.reason(), e.getMessage()));
    }
  }

  /// What the answer is, if its first line is not that of a log.
  private Optional<End> noLog(Answer answer, String head, JournalStart start) {
    if (DirectoryListing.isListing(answer.contentType(), head)) {
      return Optional.of(
          new End.Other(
              new Outcome.Failed(
                  Reason.INVALID_ANSWER, "the answer is a directory listing instead of a log")));
    }
    boolean late = log.limit().mayHaveCut(answer.elapsed());
    if (InBody.isFileHint(head) && !late && !progress.hasBegun()) {
      return Optional.of(new End.IsFile());
    }
    return InBody.of(log.service(), head, late, true).map(outcome -> noLog(outcome, start));
  }

  private End noLog(Outcome outcome, JournalStart start) {
    return switch (outcome) {
      case Outcome.Skipped(Reason reason, _) when reason == Reason.EMPTY ->
          noEntries(outcome, start);
      case Outcome.Failed(Reason reason, String words) when reason == Reason.TIMED_OUT ->
          new End.BrokenOff(
              Optional.of(new RefusedException(reason, 200, words)), Optional.empty());
      default -> new End.Other(outcome);
    };
  }

  private End noEntries(Outcome outcome, JournalStart start) {
    if (!progress.overlap().isEmpty() && !sorting) {
      return new End.Lost();
    }
    if (progress.hasBegun()) {
      return new End.Proven();
    }
    return start.mayBeLate() ? new End.MaybeLate() : new End.Other(outcome);
  }

  private End read(Answer answer, InputStream body, JournalStart start) throws IOException {
    var pass =
        sorting
            ? JournalPass.sorting(progress, start::accept)
            : JournalPass.following(progress, start::accept);
    var source = new SourceStream(body);
    try {
      var end = new JournalText(new JournalStamp(log.present()), pass).read(source);
      if (start.judgement() != JournalStart.Judgement.GOOD) {
        return refused(start);
      }
      if (pass.isLost()) {
        return new End.Lost();
      }
      if (end == JournalText.End.STOPPED) {
        return new End.Proven();
      }
      if (end == JournalText.End.WHOLE && !log.limit().mayHaveCut(answer.elapsed())) {
        pass.finish();
        return pass.isLost() ? new End.Lost() : closed(pass);
      }
      return brokenOff(Optional.empty(), pass);
    } catch (IOException e) {
      if (source.failure().isEmpty()) {
        throw e;
      }
      return brokenOff(source.failure(), pass);
    }
  }

  private JournalStart start() {
    var instant = progress.next(log.window().from()).minus(guard);
    boolean mayWiden = !progress.hasBegun() && guard.isZero();
    return new JournalStart(log, instant, tightenings < MAX_TIGHTENINGS, mayWiden);
  }

  private End refused(JournalStart start) {
    return switch (start.judgement()) {
      case MAYBE_LATE -> new End.MaybeLate();
      case GOOD, TOO_EARLY -> new End.TooEarly(Optional.empty());
      case ZONE_UNKNOWN -> {
        var overlap = progress.overlap();
        yield new End.TooEarly(
            Optional.of(
                overlap.isEmpty() ? start.first() : JournalStamp.instant(overlap.earliest())));
      }
    };
  }

  private End closed(JournalPass pass) {
    var words = pass.foreignWords();
    if (!words.isEmpty()) {
      progress.gap("the node said: " + words);
    }
    return new End.Proven();
  }

  private End brokenOff(Optional<IOException> failure, JournalPass pass) {
    if (sorting) {
      progress.gap(missingAfter());
      return new End.Proven();
    }
    return new End.BrokenOff(failure, Optional.of(pass));
  }

  private String missingAfter() {
    return "entries after " + JournalStamp.instant(progress.newest()) + " are missing";
  }

  /// The log up to where the node refused to go on.
  private Outcome cutShort(Outcome refusal) {
    progress.gap(missingAfter() + ": " + refusal.words());
    return outcome();
  }

  private Outcome outcome() {
    boolean any = progress.cut().kept() > 0;
    if (progress.hasGaps()) {
      return any
          ? new Outcome.Partial(Reason.TRUNCATED, progress.gaps())
          : new Outcome.Failed(Reason.TRUNCATED, progress.gaps());
    }
    return any
        ? new Outcome.Collected()
        : new Outcome.Skipped(
            Reason.EMPTY, "the journal has no entries of " + log.service() + " in the window");
  }
}
