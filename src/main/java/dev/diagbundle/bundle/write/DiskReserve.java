package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.SpoolFolder;

/// A temporary file that keeps some space of the disk for the end of the bundle, in case the disk
/// becomes full: the manifest, the report and the checksums. Closing frees the space. Safe for use
/// by many threads.
final class DiskReserve implements Closeable {
  /// The sizes to try, the largest first: on a disk that is nearly full, a small bundle still fits.
  private static final List<Integer> SIZES = List.of(2 << 20, 512 << 10, 128 << 10, 32 << 10);

  private static final int BLOCK = 16 << 10;

  private Optional<RandomAccessFile> file = Optional.empty();

  /// The reserve is at most this part of the free space.
  private static final int SHARE = 4;

  /// Reserves what can be had.
  synchronized void open(SpoolFolder spools) throws IOException {
    long most = spools.freeBytes() / SHARE;
    for (int size : SIZES) {
      if (file.isEmpty() && size <= most) {
        file = reserved(spools, size);
      }
    }
  }

  private static Optional<RandomAccessFile> reserved(SpoolFolder spools, int size) {
    try {
      var reserve = spools.open();
      try {
        // Some file systems take no space for zeros.
        var noise = new byte[BLOCK];
        new Random(size).nextBytes(noise);
        for (int left = size; left > 0; left -= BLOCK) {
          reserve.write(noise, 0, BLOCK);
        }
        return Optional.of(reserve);
      } catch (IOException e) {
        reserve.close();
        return Optional.empty();
      }
    } catch (IOException _) {
      // The disk has no space to spare.
      return Optional.empty();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
      file = Optional.empty();
    }
  }
}
