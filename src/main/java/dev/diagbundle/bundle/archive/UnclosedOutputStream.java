package dev.diagbundle.bundle.archive;

import module java.base;

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
