package dev.diagbundle.bundle.search;

import module java.base;

import dev.diagbundle.model.LineStamp;

/// The lines of one log with their times. A line without a time has that of the line before it.
final class TimedLines implements TimedSource {
  private final InputStream in;
  private final LineStamp stamps;
  private final TimedPiece piece = new TimedPiece();
  private final byte[] buffer = new byte[8 * 1024];
  private int at;
  private int end;
  private boolean inLine;

  /// @param in closed with this
  /// @param first the time of lines before the first that has one
  TimedLines(InputStream in, LineStamp stamps, long first) {
    this.in = in;
    this.stamps = stamps;
    piece.micros = first;
  }

  /// Returns whether the start of the content is not text. To be called before the first line.
  boolean isBinary() throws IOException {
    var _ = fill();
    for (int i = 0; i < end; i++) {
      if (buffer[i] == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean next() throws IOException {
    piece.begins = !inLine;
    piece.length = 0;
    piece.ends = false;
    while (piece.length < TimedPiece.MAX_BYTES && !piece.ends) {
      if (at == end && !fill()) {
        break;
      }
      int stop = Math.min(end, at + TimedPiece.MAX_BYTES - piece.length);
      int feed = at;
      while (feed < stop && buffer[feed] != '\n') {
        feed++;
      }
      System.arraycopy(buffer, at, piece.bytes, piece.length, feed - at);
      piece.length += feed - at;
      piece.ends = feed < stop;
      at = piece.ends ? feed + 1 : feed;
    }
    if (piece.length == 0 && !piece.ends) {
      return false;
    }
    inLine = !piece.ends;
    stamp();
    return true;
  }

  @Override
  public TimedPiece piece() {
    return piece;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void stamp() {
    piece.stamped = false;
    piece.stampLength = 0;
    if (!piece.begins) {
      return;
    }
    long micros = stamps.micros(piece.bytes, 0, piece.length);
    if (micros != LineStamp.NONE) {
      piece.micros = micros;
      piece.stamped = true;
      piece.stampLength = stamps.length();
    }
  }

  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    int got = in.read(buffer, 0, buffer.length);
    at = 0;
    end = Math.max(0, got);
    return got > 0;
  }
}
