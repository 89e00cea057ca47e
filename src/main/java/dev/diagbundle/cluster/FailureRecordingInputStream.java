package dev.diagbundle.cluster;

import module java.base;

/// A body that counts its bytes and remembers how it failed, so that who copies it can tell that
/// from a failure of the other end: the JDK's reader of gzip takes a failure behind one member for
/// the end. For one thread.
public final class FailureRecordingInputStream extends FilterInputStream {
  private long bytes;
  private Optional<IOException> failure = Optional.empty();
  private boolean interrupted;

  public FailureRecordingInputStream(InputStream in) {
    super(in);
  }

  /// How many bytes have come.
  public long bytes() {
    return bytes;
  }

  /// Why reading ended before the body did.
  public Optional<IOException> failure() {
    return failure;
  }

  /// Why the body broke off; empty if it was the run that ended.
  public Optional<IOException> breakOff() {
    return interrupted ? Optional.empty() : failure;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int read = super.read(buffer, offset, length);
      bytes += Math.max(0, read);
      return read;
    } catch (IOException e) {
      failure = Optional.of(e);
      interrupted = ErrorClassifier.isInterrupt(e);
      throw e;
    }
  }
}
