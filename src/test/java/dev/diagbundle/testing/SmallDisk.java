package dev.diagbundle.testing;

import dev.diagbundle.bundle.archive.FileOpener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// A disk with room for so many bytes.
public final class SmallDisk implements FileOpener {
  private final AtomicLong left;
  private final String refusal;

  public SmallDisk(long room) {
    this(room, "No space left on device");
  }

  /// @param refusal the system's words when the room is used up
  public SmallDisk(long room, String refusal) {
    this.left = new AtomicLong(room);
    this.refusal = refusal;
  }

  /// The room that is left, in bytes.
  public long left() {
    return left.get();
  }

  public void setLeft(long room) {
    left.set(room);
  }

  @Override
  public RandomAccessFile open(Path file) throws IOException {
    return new RandomAccessFile(file.toFile(), "rw") {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        int fitting = (int) Math.min(count, left.get());
        super.write(bytes, from, fitting);
        left.addAndGet(-fitting);
        if (fitting < count) {
          throw new IOException(refusal);
        }
      }
    };
  }
}
