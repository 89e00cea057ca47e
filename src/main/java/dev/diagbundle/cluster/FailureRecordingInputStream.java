package dev.diagbundle.cluster;

import module java.base;

/// A stream that counts its bytes and records its failure, so that its reader can tell that from a
/// failure of the output: the JDK's reader of gzip takes a failure behind one member for the end.
/// For one thread.
public final class FailureRecordingInputStream extends FilterInputStream {
  private long bytes;
  private Optional<IOException> failure = Optional.empty();
  private boolean interrupted;

  public FailureRecordingInputStream(InputStream in) {
    super(in);
  }

  /// The number of bytes read.
  public long bytes() {
    return bytes;
  }

  /// The error that ended reading before the end of the body.
  public Optional<IOException> failure() {
    return failure;
  }

  /// The error that broke off the body; empty if the end of the run did.
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
