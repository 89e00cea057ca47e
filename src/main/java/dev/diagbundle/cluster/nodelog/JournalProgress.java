package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.DedupWindow;
import dev.diagbundle.model.LineStamp;

/// The read position in a journal over all its responses. For one thread.
final class JournalProgress {
  private static final int MAX_GAPS = 3;

  private final WindowFilter cut;
  private final DedupWindow overlap = new DedupWindow();
  private final List<String> gaps = new ArrayList<>();
  private int moreGaps;
  private long notBefore = Long.MIN_VALUE;
  private long flowed;
  private long brokenFlow = LineStamp.NONE;
  private long brokenFlowBytes;

  JournalProgress(WindowFilter cut) {
    this.cut = cut;
  }

  WindowFilter cut() {
    return cut;
  }

  /// The newest entries read.
  DedupWindow overlap() {
    return overlap;
  }

  /// Returns whether any entry was read, wanted or not.
  boolean hasBegun() {
    return !overlap.isEmpty() || notBefore != Long.MIN_VALUE;
  }

  /// The stamp before which entries are skipped while no entry is known.
  long notBefore() {
    return notBefore;
  }

  /// The latest instant at which the next query may start.
  ///
  /// @param start of the window
  Instant next(Instant start) {
    if (!overlap.isEmpty()) {
      // A second more than needed covers clocks that were set back by less.
      return LineStamp.instant(overlap.earliest()).minusSeconds(1);
    }
    return notBefore == Long.MIN_VALUE ? start : LineStamp.instant(notBefore);
  }

  /// The stamp of the newest entry; [LineStamp#NONE] if there is none.
  long newest() {
    return overlap.isEmpty() ? notBefore : overlap.last();
  }

  /// Skips the rest of the second that no response got beyond.
  void skipSecond() {
    long second = Math.floorDiv(overlap.last(), 1_000_000L) + 1;
    gap(
        "the entries up to "
            + Instant.ofEpochSecond(second)
            + " exceed one response: entries after "
            + LineStamp.instant(overlap.last())
            + " are missing");
    overlap.clear();
    notBefore = second * 1_000_000;
  }

  void clockWentBack(long micros) {
    gap(
        "the node's clock was set back to "
            + LineStamp.instant(micros)
            + " or earlier, so entries with earlier stamps may be missing");
  }

  /// Records that entries are, or may be, missing.
  void gap(String words) {
    if (gaps.size() < MAX_GAPS) {
      gaps.add(words);
    } else {
      moreGaps++;
    }
  }

  boolean hasGaps() {
    return !gaps.isEmpty();
  }

  String gaps() {
    return String.join("; ", gaps) + (moreGaps == 0 ? "" : "; and " + moreGaps + " more gaps");
  }

  /// Writes a part of an entry that is too long to be held, except for parts of an earlier
  /// response.
  void flow(long micros, byte[] buffer, int from, int to) throws IOException {
    long known = micros == brokenFlow ? brokenFlowBytes : 0;
    if (flowed == 0 && known == 0) {
      cut.begin(new byte[0], 0);
    }
    int start = (int) Math.min(to, from + Math.max(0, known - flowed));
    cut.more(buffer, start, to);
    flowed += to - from;
  }

  /// Ends the long entry, which is complete.
  void endFlow() {
    flowed = 0;
    brokenFlow = LineStamp.NONE;
  }

  /// Interrupts the long entry, which will be repeated.
  void breakOffFlow(long micros) {
    brokenFlowBytes = Math.max(flowed, micros == brokenFlow ? brokenFlowBytes : 0);
    brokenFlow = micros;
    flowed = 0;
  }
}
