package dev.diagbundle.bundle.archive;

import module java.base;

import dev.diagbundle.model.BlockInputStream;
import dev.diagbundle.model.BlockOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The compressed bytes of one entry until they are appended: in memory while they are few, in a
/// spool file from then on. For one thread at a time. Closing forgets them; what is written
/// afterwards is ignored.
public final class Spool extends BlockOutputStream {
  static final int MAX_MEMORY = 64 * 1024;

  private final SpoolFolder folder;
  private byte[] memory = new byte[1024];
  private int inMemory;
  private @Nullable RandomAccessFile file;
  private long length;
  private boolean closed;

  public Spool(SpoolFolder folder) {
    this.folder = folder;
  }

  public long length() {
    return length;
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, bytes.length);
    if (closed) {
      return;
    }
    if (inMemory + count > MAX_MEMORY) {
      spill();
    }
    if (count >= MAX_MEMORY) {
      file().write(bytes, from, count);
    } else {
      if (inMemory + count > memory.length) {
        memory = Arrays.copyOf(memory, Math.clamp(2L * (inMemory + count), 1024, MAX_MEMORY));
      }
      System.arraycopy(bytes, from, memory, inMemory, count);
      inMemory += count;
    }
    length += count;
  }

  /// A consumer of a part of the bytes.
  public interface Sink {
    void take(byte[] bytes, int from, int count) throws IOException;
  }

  /// Hands everything over, in order. Nothing may be written to the spool afterwards.
  public void copyTo(Sink sink) throws IOException {
    if (file == null) {
      sink.take(memory, 0, inMemory);
      return;
    }
    spill();
    // Not with transferTo: it goes through a FileChannel, which an interrupt closes.
    var buffer = new byte[MAX_MEMORY];
    file.seek(0);
    for (long left = length; left > 0; ) {
      int count = file.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException("the spool file ends early");
      }
      sink.take(buffer, 0, count);
      left -= count;
    }
  }

  /// Opens everything for reading. Nothing may be written to the spool afterwards, and one stream
  /// at a time may be read. Closing the stream has no effect.
  public InputStream open() throws IOException {
    if (file == null) {
      return new ByteArrayInputStream(memory, 0, inMemory);
    }
    spill();
    file.seek(0);
    return new FileContent(file, length);
  }

  /// The bytes of a spool file, read like the spool itself without a channel.
  private static final class FileContent extends BlockInputStream {
    private final RandomAccessFile file;
    private long left;

    FileContent(RandomAccessFile file, long length) {
      this.file = file;
      this.left = length;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      if (left == 0) {
        return count == 0 ? 0 : -1;
      }
      int read = file.read(bytes, from, (int) Math.min(count, left));
      left -= Math.max(0, read);
      return read;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    memory = new byte[0];
    if (file != null) {
      file.close();
    }
  }

  private void spill() throws IOException {
    file().write(memory, 0, inMemory);
    inMemory = 0;
  }

  private RandomAccessFile file() throws IOException {
    if (file == null) {
      file = folder.open();
    }
    return file;
  }
}
