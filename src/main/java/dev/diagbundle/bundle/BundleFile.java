package dev.diagbundle.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/// A file that several threads read at different places. The interrupt of a reading thread does not
/// close it, as it would close a `FileChannel`.
final class BundleFile implements Closeable {
  private final ReentrantLock lock = new ReentrantLock();
  private final RandomAccessFile file;

  BundleFile(Path path) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
  }

  long length() throws IOException {
    return file.length();
  }

  int read(long position, byte[] bytes, int from, int count) throws IOException {
    lock.lock();
    try {
      file.seek(position);
      return file.read(bytes, from, count);
    } finally {
      lock.unlock();
    }
  }

  /// The bytes of one part of the file; the end of the file ends it early. It needs no closing.
  InputStream part(long offset, long length) {
    return new PartInputStream(offset, length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private final class PartInputStream extends InputStream {
    private long position;
    private long left;

    PartInputStream(long offset, long length) {
      this.position = offset;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      Objects.checkFromIndexSize(from, count, bytes.length);
      if (count == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int got = BundleFile.this.read(position, bytes, from, (int) Math.min(count, left));
      if (got > 0) {
        position += got;
        left -= got;
      }
      return got;
    }
  }
}
