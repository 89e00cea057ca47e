package dev.diagbundle.bundle.search;

/// A line of a log, or a piece of a very long one, with its time. It is filled again and again, so
/// that merging makes no garbage.
final class TimedPiece {
  /// A longer line comes in pieces.
  static final int MAX_BYTES = 8 * 1024;

  final byte[] bytes = new byte[MAX_BYTES];
  int length;

  /// The line's own time or that of a line before it, in microseconds since 1970.
  long micros;

  /// The number of bytes that only contain the time.
  int stampLength;

  /// Whether the line has a time of its own; else it follows the one before it.
  boolean stamped;

  /// Whether the line begins here.
  boolean begins;

  /// Whether the line ends here.
  boolean ends;

  /// The index of the log.
  int source;
}
