package dev.diagbundle.bundle.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// An output stream that ignores close.
final class UnclosedOutputStream extends FilterOutputStream {
  UnclosedOutputStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    out.write(bytes, from, count);
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
