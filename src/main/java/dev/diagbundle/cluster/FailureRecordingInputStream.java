package dev.diagbundle.cluster;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;

/// A body that remembers how it failed, so that who copies it can tell that from a failure of the
/// other end. The end of the run is no failure of the body. For one thread.
public final class FailureRecordingInputStream extends FilterInputStream {
  private Optional<IOException> failure = Optional.empty();

  public FailureRecordingInputStream(InputStream in) {
    super(in);
  }

  /// Why reading ended before the body did.
  public Optional<IOException> failure() {
    return failure;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (IOException e) {
      if (!isEndOfRun(e)) {
        failure = Optional.of(e);
      }
      throw e;
    }
  }

  private static boolean isEndOfRun(IOException e) {
    return Thread.currentThread().isInterrupted()
        || e instanceof ClosedByInterruptException
        || (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException));
  }
}
