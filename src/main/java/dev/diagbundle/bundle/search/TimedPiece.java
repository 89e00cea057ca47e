package dev.diagbundle.bundle.search;

/// A line of a log, or a piece of a very long one, with its time. It is reused, so that merging
/// creates no garbage.
final class TimedPiece {
  /// A longer line comes in pieces.
  static final int MAX_BYTES = 8 * 1024;

  final byte[] bytes = new byte[MAX_BYTES];
  int length;

  /// The line's own time or that of a line before it, in microseconds since 1970.
  long micros;

  /// The number of bytes that only contain the time.
  int stampLength;

  /// True if the line has a time of its own; else it follows the one before it.
  boolean stamped;

  /// True if the line starts here.
  boolean begins;

  /// True if the line ends here.
  boolean ends;

  /// The index of the log.
  int source;
}
