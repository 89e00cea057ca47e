package dev.diagbundle.bundle.archive;

import module java.base;

/// An output stream that writes at the current position of a file. Closing it closes nothing.
public final class RandomAccessOutputStream extends OutputStream {
  private final RandomAccessFile file;

  public RandomAccessOutputStream(RandomAccessFile file) {
    this.file = file;
  }

  @Override
  public void write(int oneByte) throws IOException {
    file.write(oneByte);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    file.write(bytes, from, count);
  }
}
