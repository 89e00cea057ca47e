package dev.diagbundle.cluster.nodefile;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Counts, and keeps the failure of the way here apart from those of what is read: the JDK's reader
/// of gzip takes a failure behind one member for the end. For one thread.
public final class MeteredInputStream extends FilterInputStream {
  private long bytes;
  private Optional<IOException> failure = Optional.empty();

  public MeteredInputStream(InputStream in) {
    super(in);
  }

  /// How many have come.
  public long bytes() {
    return bytes;
  }

  /// What broke the way here off.
  public Optional<IOException> failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int from, int count) throws IOException {
    try {
      int read = super.read(buffer, from, count);
      bytes += Math.max(0, read);
      return read;
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }
}
