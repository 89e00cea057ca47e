package dev.diagbundle.cluster.nodelog;

import module java.base;

/// A filter of duplicate rows where two responses about adjoining spans of an event log meet.
///
/// Both responses contain the events of the second at which the spans meet, and `TimeCreated` has
/// no fraction, so rows of that second are compared, and only those: equal rows elsewhere are equal
/// events. A truncated response is requested again from its beginning; then everything up to the
/// last second that was copied is skipped.
final class EventDeduplicator {
  /// Maximum events of one second that are remembered.
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

  /// Begins a new response.
  void open() {
    moved = false;
    doubtful = full;
    expected.clear();
    expected.putAll(copied);
  }

  /// Returns whether the row is to be copied. Every row of a response has to be passed, in their
  /// order.
  boolean takes(EventRow row) {
    if (row.continued()) {
      return lastTaken;
    }
    lastTaken = isNew(row);
    return lastTaken;
  }

  /// Skips everything before the last second that was copied, from the next response on: it will
  /// begin where this one began.
  void seek() {
    seeking = !time.isEmpty();
  }

  /// Returns whether the last second that was copied has not been found again yet.
  boolean isSeeking() {
    return seeking;
  }

  /// Stops skipping.
  void stopSeeking() {
    seeking = false;
  }

  /// Returns whether the response reached the last second that was copied, or went beyond it.
  boolean hasMoved() {
    return moved;
  }

  /// The text of the last second that was copied; empty if there was none.
  String lastTime() {
    return time;
  }

  /// Returns whether a second that came twice had more events than can be remembered, so that there
  /// may be duplicates.
  boolean hasOverflowed() {
    return overflowed;
  }

  private boolean isNew(EventRow row) {
    boolean sameSecond = row.time().equals(time);
    if (seeking && !sameSecond) {
      return false;
    }
    // Seeking ends at the first row of the second; the rows behind it are identified by comparison.
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
