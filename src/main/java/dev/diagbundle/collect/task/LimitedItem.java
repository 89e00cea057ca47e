package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.bundle.truncate.LimitedLog;
import dev.diagbundle.bundle.truncate.Truncation.Missing;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The outcome of an item whose log is longer than its limit: how much is missing, and from which
/// times.
final class LimitedItem {
  private LimitedItem() {}

  static Outcome of(Outcome outcome, LimitedLog log, long maxBytes) {
    var words = words(log, "truncated at the item's limit of " + ByteSize.format(maxBytes));
    return switch (outcome) {
      case Outcome.Collected(var more) -> new Outcome.Partial(Reason.LIMIT, joined(words, more));
      case Outcome.Partial(Reason reason, var more) ->
          new Outcome.Partial(reason, joined(more, words));
      case Outcome.Skipped _, Outcome.Failed _, Outcome.Cancelled _ -> outcome;
    };
  }

  private static String words(LimitedLog log, String limit) {
    if (log.gaps().isEmpty()) {
      return String.format(
          "%s: only the last %,d of %,d bytes are kept", limit, log.keptBytes(), log.bytes());
    }
    long bytes = log.gaps().stream().mapToLong(Missing::bytes).sum();
    long lines = log.gaps().stream().mapToLong(Missing::lines).sum();
    var spans =
        log.gaps().stream()
            .filter(gap -> !gap.from().isEmpty())
            .map(gap -> gap.from() + " to " + gap.to())
            .collect(Collectors.joining(", "));
    return String.format(
        "%s: %,d of %,d lines omitted (%,d of %,d bytes)%s; the newest lines and those around the"
            + " first and newest error are kept",
        limit, lines, log.lines(), bytes, log.bytes(), spans.isEmpty() ? "" : ": " + spans);
  }

  private static String joined(String words, String more) {
    return words.isEmpty() || more.isEmpty() ? words + more : words + "; " + more;
  }
}
