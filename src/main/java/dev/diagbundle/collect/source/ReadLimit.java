package dev.diagbundle.collect.source;

import dev.diagbundle.collect.task.EntryStream;
import dev.diagbundle.model.BlockOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// A stream that refuses bytes beyond a number of bytes, and counts the lines passing through. A
/// log that is longer than its item's limit is read on for its newest lines and its first error,
/// but not without end. Closing it has no effect. For one thread.
final class ReadLimit extends BlockOutputStream {
  /// The bytes of a log that are read in any case: far more than a limit usually allows.
  private static final long USUAL = 1L << 30;

  private static final int FACTOR = 8;

  private final OutputStream out;
  private final long maxBytes;
  private long written;
  private long lines;

  ReadLimit(OutputStream out, long maxBytes) {
    this.out = out;
    this.maxBytes = maxBytes;
  }

  /// Maximum bytes read of a log with this limit.
  static long of(long itemBytes) {
    return itemBytes > Long.MAX_VALUE / FACTOR
        ? Long.MAX_VALUE
        : Math.max(USUAL, FACTOR * itemBytes);
  }

  long written() {
    return written;
  }

  long lines() {
    return lines;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    int fits = (int) Math.min(count, maxBytes - written);
    for (int i = from; i < from + fits; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    out.write(bytes, from, fits);
    written += fits;
    if (fits < count) {
      throw new EntryStream.LimitReachedException(maxBytes);
    }
  }
}
