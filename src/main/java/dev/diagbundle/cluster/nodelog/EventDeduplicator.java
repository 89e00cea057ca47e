package dev.diagbundle.cluster.nodelog;

import module java.base;

/// The seam between answers about adjoining spans of an event log: which rows of the next answer
/// were copied already.
///
/// Both answers hold the events of the second at which the spans meet, and `TimeCreated` has no
/// fraction, so rows of that second are compared, and only there: equal rows elsewhere are equal
/// events. An answer that was cut off is asked again from its beginning; then everything up to the
/// last second that was copied is passed over.
final class EventDeduplicator {
  /// So many events of one second are remembered.
  private static final int MAX_ROWS = 10_000;

  private String time = "";
  private final Map<String, Integer> copied = new HashMap<>();
  private final Map<String, Integer> expected = new HashMap<>();
  private int count;
  private boolean seeking;
  private boolean moved;
  private boolean lastTaken;
  private boolean full;
  private boolean doubtful;
  private boolean overflowed;

  /// A new answer begins.
  void open() {
    moved = false;
    doubtful = full;
    expected.clear();
    expected.putAll(copied);
  }

  /// Whether the row is to be copied. Every row of an answer has to be shown, in their order.
  boolean takes(EventRow row) {
    if (row.continued()) {
      return lastTaken;
    }
    lastTaken = isNew(row);
    return lastTaken;
  }

  /// Passes over everything before the last second that was copied, from the next answer on: it
  /// will begin where this one began.
  void seek() {
    seeking = !time.isEmpty();
  }

  /// Whether the last second that was copied has not come again yet.
  boolean isSeeking() {
    return seeking;
  }

  /// Takes everything again.
  void stopSeeking() {
    seeking = false;
  }

  /// Whether the answer reached the last second that was copied, or went beyond it.
  boolean hasMoved() {
    return moved;
  }

  /// The text of the last second that was copied; empty if there was none.
  String lastTime() {
    return time;
  }

  /// Whether a second that came twice had more events than can be remembered, so that some may be
  /// doubled.
  boolean hasOverflowed() {
    return overflowed;
  }

  private boolean isNew(EventRow row) {
    boolean sameSecond = row.time().equals(time);
    if (seeking && !sameSecond) {
      return false;
    }
    // Seeking ends at the first row of the second; the rows behind it are told by comparison.
    seeking = false;
    moved = true;
    if (!sameSecond) {
      time = row.time();
      copied.clear();
      expected.clear();
      count = 0;
      full = false;
      doubtful = false;
    }
    var fingerprint = row.fingerprint();
    int left = expected.getOrDefault(fingerprint, 0);
    if (left > 0) {
      expected.put(fingerprint, left - 1);
      return false;
    }
    if (count < MAX_ROWS) {
      count++;
      copied.merge(fingerprint, 1, Integer::sum);
    } else {
      full = true;
    }
    overflowed |= doubtful;
    return true;
  }
}
