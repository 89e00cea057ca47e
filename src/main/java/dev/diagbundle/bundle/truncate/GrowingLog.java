package dev.diagbundle.bundle.truncate;

import module java.base;

/// The choice of the parts to keep of a log that is still being received and may become too long:
/// its newest lines, and the surroundings of its first and its newest error so far. For one thread.
public final class GrowingLog {
  private final long room;
  private final ErrorSearch search;
  private long bytes;
  private boolean binary;

  /// @param wanted maximum number of bytes to keep
  public GrowingLog(long wanted) {
    this.room = KeptRanges.room(wanted);
    this.search = KeptRanges.search(Math.max(0, room));
  }

  public void take(byte[] buffer, int from, int count) {
    int head = Math.clamp(KeptRanges.BINARY_BYTES - bytes, 0, count);
    binary |= KeptRanges.isBinary(buffer, from, head);
    bytes += count;
    if (hasLines()) {
      search.take(buffer, from, count);
    }
  }

  /// The number of bytes received.
  public long bytes() {
    return bytes;
  }

  /// Returns whether it consists of lines, as far as is known, of which some can be kept.
  public boolean hasLines() {
    return !binary && room > 0;
  }

  /// Returns whether a part belongs to the surroundings of an error, as far as is known. Of the
  /// newest bytes, as many as are wanted are needed in any case.
  public boolean needs(long from, long to) {
    return hasLines() && search.needs(from, to);
  }

  /// The ranges to keep, when the log has ended. It must have lines.
  public KeptRanges end() {
    return KeptRanges.of(search.parts(), bytes, room);
  }
}
