package dev.diagbundle.collect;

import dev.diagbundle.bundle.EntryWriter;
import dev.diagbundle.bundle.OverBudgetException;
import java.io.IOException;
import java.io.OutputStream;

/// The way into one entry, which refuses bytes beyond a limit. For one thread; closing it without
/// [#commit] drops the entry.
final class EntryStream extends OutputStream {
  private final EntryWriter entry;
  private final long maxBytes;
  private long written;

  /// The source has more than the item's limit allows; what fits was written.
  static final class LimitReachedException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long maxBytes;

    LimitReachedException(long maxBytes) {
      super("more than " + maxBytes + " bytes");
      this.maxBytes = maxBytes;
    }

    long maxBytes() {
      return maxBytes;
    }
  }

  EntryStream(EntryWriter entry, long maxBytes) {
    this.entry = entry;
    this.maxBytes = maxBytes;
  }

  long written() {
    return written;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int fits = (int) Math.min(length, maxBytes - written);
    entry.write(bytes, offset, fits);
    written += fits;
    if (fits < length) {
      throw new LimitReachedException(maxBytes);
    }
  }

  /// Puts the entry into the bundle.
  ///
  /// @throws OverBudgetException if the bundle has no room for it; then it is dropped
  void commit() throws IOException {
    entry.commit();
  }

  @Override
  public void close() throws IOException {
    entry.close();
  }
}
