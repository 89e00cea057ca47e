package dev.diagbundle.testing;

import dev.diagbundle.bundle.archive.FileOpener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// A disk with room for so many bytes. Like a real one, it counts what files hold, and gets the
/// room of a file back when it is shortened, or closed after it was deleted.
public final class SmallDisk implements FileOpener {
  private final AtomicLong left;
  private final AtomicLong least;
  private final String refusal;

  public SmallDisk(long room) {
    this(room, "No space left on device");
  }

  /// @param refusal the system's words when the room is used up
  public SmallDisk(long room, String refusal) {
    this.left = new AtomicLong(room);
    this.least = new AtomicLong(room);
    this.refusal = refusal;
  }

  /// The room that is left, in bytes.
  public long left() {
    return left.get();
  }

  /// The least room there was, in bytes.
  public long least() {
    return least.get();
  }

  public void setLeft(long room) {
    left.set(room);
    least.accumulateAndGet(room, Math::min);
  }

  @Override
  public RandomAccessFile open(Path file) throws IOException {
    return new CountedFile(file);
  }

  private final class CountedFile extends RandomAccessFile {
    private final Path path;
    private long held;
    private boolean closed;

    CountedFile(Path path) throws IOException {
      super(path.toFile(), "rw");
      this.path = path;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      long end = getFilePointer() + count;
      long growth = Math.max(0, end - held);
      long fitting = Math.min(growth, Math.max(0, left.get()));
      super.write(bytes, from, (int) (count - growth + fitting));
      hold(held + fitting);
      if (fitting < growth) {
        throw new IOException(refusal);
      }
    }

    @Override
    public void setLength(long length) throws IOException {
      super.setLength(length);
      hold(Math.min(held, length));
    }

    @Override
    public void close() throws IOException {
      super.close();
      if (!closed && Files.notExists(path)) {
        hold(0);
      }
      closed = true;
    }

    private void hold(long bytes) {
      long now = left.addAndGet(held - bytes);
      least.accumulateAndGet(now, Math::min);
      held = bytes;
    }
  }
}
