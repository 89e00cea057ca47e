package dev.diagbundle.bundle.search;

import module java.base;

/// A source of lines with times. For one thread; the caller that opened it closes it.
interface TimedSource extends Closeable {
  /// Goes to the next line or piece of one.
  ///
  /// @return whether there is one
  boolean next() throws IOException;

  /// The current piece, until the next is requested.
  TimedPiece piece();
}
