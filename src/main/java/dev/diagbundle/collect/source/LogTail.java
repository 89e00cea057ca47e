package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.collect.task.EntryStream;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// A log in one entry: whole or, if it is longer than the limit of its item, its newest lines and
/// those around its first and its newest error. For one thread.
///
/// A log that is extremely long, see [ReadLimit], is not read as a whole. The API's own limit,
/// `limitBytes`, keeps the oldest part, and the number of lines that fit is not known in advance.
/// Such a log is therefore requested by a number of lines from its end, estimated from the length
/// of the received ones, until it fits and fills at least a quarter of the limit. Each of these
/// requests costs no more than the limit; the kubelet finds the tail from the end of the file.
final class LogTail {
  private static final int MAX_ATTEMPTS = 12;

  /// The condition under which the data of an attempt goes into the bundle.
  private enum Taken {
    WHOLE,
    WHOLE_AND_ENOUGH,
    ANYHOW
  }

  private final TaskScope scope;
  private final EntryPath path;
  private final Instant modified;
  private final long maxBytes;
  private final long mostRead;
  private final BooleanSupplier stale;
  private long lines;
  private long written;
  private boolean exceeded;
  private boolean outdated;

  /// A log that can be copied into an entry.
  @FunctionalInterface
  interface Log {
    /// @param tailLines maximum number of lines from the end
    Outcome copy(OptionalInt tailLines, OutputStream out) throws IOException, InterruptedException;
  }

  /// @param mostRead maximum bytes that are read of a log as a whole
  /// @param stale test of the request, when the log has been read: an outdated log is discarded
  LogTail(
      TaskScope scope,
      EntryPath path,
      Instant modified,
      long maxBytes,
      long mostRead,
      BooleanSupplier stale) {
    this.mostRead = mostRead;
    this.stale = stale;
    this.scope = scope;
    this.path = path;
    this.modified = modified;
    this.maxBytes = maxBytes;
  }

  /// Returns whether nothing was kept because the request turned out to be outdated.
  boolean isOutdated() {
    return outdated;
  }

  /// @param tailLines maximum number of lines requested
  Outcome collect(OptionalInt tailLines, Log log) throws IOException, InterruptedException {
    var outcome = attempt(tailLines, log, Taken.WHOLE);
    if (!exceeded || outdated) {
      return outcome;
    }
    int low = 0;
    int high = tailLines.orElse(Integer.MAX_VALUE);
    long fitting = (long) ((double) lines * maxBytes / Math.max(1, written));
    int guess = Math.clamp(fitting * 3 / 4, 1, high);
    for (int i = 1; i < MAX_ATTEMPTS && low < guess && guess < high; i++) {
      outcome = attempt(OptionalInt.of(guess), log, Taken.WHOLE_AND_ENOUGH);
      if (!exceeded && (isEnough() || !mayGrow(outcome))) {
        return tail(outcome);
      }
      if (exceeded) {
        high = guess;
        guess = low + (high - low) / 2;
      } else {
        low = guess;
        guess =
            high == Integer.MAX_VALUE
                ? (int) Math.min(2L * low, high - 1L)
                : low + (high - low) / 2;
      }
    }
    // The number of lines known to fit; or one line that is too long by itself.
    outcome = attempt(OptionalInt.of(Math.max(1, low)), log, Taken.ANYHOW);
    return exceeded ? outcome : tail(outcome);
  }

  /// Returns whether enough of the limit is used.
  private boolean isEnough() {
    return written >= maxBytes / 4;
  }

  /// Returns whether a larger number of lines could return more: the last ones may all be after the
  /// window.
  private static boolean mayGrow(Outcome outcome) {
    return outcome instanceof Outcome.Collected
        || (outcome instanceof Outcome.Skipped(Reason reason, _) && reason == Reason.EMPTY);
  }

  private Outcome attempt(OptionalInt tailLines, Log log, Taken taken)
      throws IOException, InterruptedException {
    exceeded = false;
    long most = taken == Taken.WHOLE ? mostRead : maxBytes;
    try (var entry = scope.entry(path, modified, maxBytes)) {
      var counting = new ReadLimit(entry, most);
      var outcome =
          TaskScope.fill(
              entry,
              _ -> {
                try {
                  return log.copy(tailLines, counting);
                } catch (EntryStream.LimitReachedException e) {
                  exceeded = true;
                  throw e;
                }
              });
      lines = counting.lines();
      written = counting.written();
      outdated = taken == Taken.WHOLE && stale.getAsBoolean();
      boolean takes =
          switch (taken) {
            case WHOLE -> !exceeded && !outdated;
            case WHOLE_AND_ENOUGH -> !exceeded && (isEnough() || !mayGrow(outcome));
            case ANYHOW -> true;
          };
      if (takes && (outcome instanceof Outcome.Collected || outcome instanceof Outcome.Partial)) {
        return entry.commit(outcome, maxBytes);
      }
      return outcome;
    }
  }

  private Outcome tail(Outcome outcome) {
    var words =
        "truncated at the item's limit of "
            + ByteSize.format(maxBytes)
            + ": only the last "
            + lines
            + " lines are kept, and the others were not searched for errors";
    return switch (outcome) {
      case Outcome.Collected _ -> new Outcome.Partial(Reason.LIMIT, words);
      case Outcome.Partial(Reason reason, var more) ->
          new Outcome.Partial(reason, more + "; " + words);
      case Outcome.Skipped _, Outcome.Failed _, Outcome.Cancelled _ -> outcome;
    };
  }
}
