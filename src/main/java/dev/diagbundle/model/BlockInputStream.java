package dev.diagbundle.model;

import module java.base;

/// A stream that is read in blocks: a single byte is a block of one.
public abstract class BlockInputStream extends InputStream {
  @Override
  public final int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] bytes, int from, int count) throws IOException;
}
