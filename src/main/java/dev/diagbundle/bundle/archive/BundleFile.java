package dev.diagbundle.bundle.archive;

import module java.base;

import dev.diagbundle.model.BlockInputStream;
import java.util.Objects;

/// A file, or the parts of a split file as one, for reads by several threads at different
/// positions. The interrupt of a reading thread does not close it, as it would close a
/// `FileChannel`.
public final class BundleFile implements Closeable {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Part> parts = new ArrayList<>();
  private int current;

  /// One file and the position of its first byte in the whole.
  private record Part(RandomAccessFile file, long start, long length) {}

  public BundleFile(Path path) throws IOException {
    this(List.of(path));
  }

  /// An open file, which may still grow. Closing this closes it.
  public BundleFile(RandomAccessFile file) throws IOException {
    parts.add(new Part(file, 0, file.length()));
  }

  /// @param paths at least one, in their order
  public BundleFile(List<Path> paths) throws IOException {
    long start = 0;
    try {
      for (Path path : paths) {
        var file = new RandomAccessFile(path.toFile(), "r");
        parts.add(new Part(file, start, file.length()));
        start += file.length();
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  public long length() throws IOException {
    var last = parts.getLast();
    return last.start + last.file.length();
  }

  int read(long position, byte[] bytes, int from, int count) throws IOException {
    lock.lock();
    try {
      var part = partAt(position);
      part.file.seek(position - part.start);
      // The last part may still grow: a bundle is read while it is written.
      boolean last = current == parts.size() - 1;
      long room = last ? count : part.start + part.length - position;
      return part.file.read(bytes, from, (int) Math.min(count, room));
    } finally {
      lock.unlock();
    }
  }

  /// The bytes of one part of the file; the end of the file ends it early. It needs no closing.
  public InputStream part(long offset, long length) {
    return new PartInputStream(offset, length);
  }

  @Override
  public void close() throws IOException {
    for (Part part : parts) {
      part.file.close();
    }
  }

  private Part partAt(long position) {
    while (current > 0 && position < parts.get(current).start) {
      current--;
    }
    while (current < parts.size() - 1
        && position >= parts.get(current).start + parts.get(current).length) {
      current++;
    }
    return parts.get(current);
  }

  private final class PartInputStream extends BlockInputStream {
    private long position;
    private long left;

    PartInputStream(long offset, long length) {
      this.position = offset;
      this.left = length;
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
