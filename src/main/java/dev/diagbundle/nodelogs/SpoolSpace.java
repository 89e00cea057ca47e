package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.model.Ticker;
import java.util.concurrent.locks.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The storage that all [LogSpool]s of a run share: blocks in memory first, then in one temporary
/// file, each within its limit. Its lock guards the spools too.
///
/// The file is unlinked as soon as it is open, so that nothing of it remains, however the process
/// ends.
final class SpoolSpace implements Closeable {
  static final int BLOCK_BYTES = 16 << 10;
  private static final int MEMORY_BLOCKS = 512;
  private static final Logger LOG = LoggerFactory.getLogger(SpoolSpace.class);

  final Ticker ticker;
  final ReentrantLock lock = new ReentrantLock();

  /// The condition that data has arrived for the reader.
  final Condition arrived = lock.newCondition();

  /// The condition that there may be room again.
  final Condition released = lock.newCondition();

  private final Deque<Long> freeInFile = new ArrayDeque<>();
  private Path path = Path.of("");
  private Optional<RandomAccessFile> file = Optional.empty();
  private long maxFileBytes;
  private long fileBytes;
  private int freeInMemory = MEMORY_BLOCKS;
  private int notBegun;

  /// A place for one block.
  sealed interface Block {
    record InMemory(ByteBuffer bytes) implements Block {}

    record InFile(long position) implements Block {}
  }

  /// @param maxFileBytes maximum size of the file; with 0 there is none
  /// @param logs number of spools
  /// @param ticker clock that decides when logs are late
  SpoolSpace(long maxFileBytes, int logs, Ticker ticker) {
    this.ticker = ticker;
    this.maxFileBytes = maxFileBytes;
    this.notBegun = logs;
  }

  /// Records that one more log has begun.
  void begun() {
    notBegun--;
    released.signalAll();
  }

  /// Returns whether a writer may wait for room. It may not while a log has not begun: the reader
  /// may be waiting for just that log, and that log for the writer's place.
  boolean mayWait() {
    return notBegun == 0;
  }

  boolean hasRoom() {
    return freeInMemory > 0 || !freeInFile.isEmpty() || fileBytes + BLOCK_BYTES <= maxFileBytes;
  }

  /// Keeps a copy of a block; there must be room for it. If the disk has less space than expected,
  /// the block is kept in memory, and the disk counts as full.
  Block keep(byte[] bytes) {
    if (freeInMemory <= 0 && maxFileBytes > 0) {
      try {
        return write(bytes);
      } catch (IOException e) {
        LOG.debug("cannot write the temporary file", e);
        maxFileBytes = 0;
        freeInFile.clear();
      }
    }
    freeInMemory--;
    return new Block.InMemory(ByteBuffer.wrap(bytes.clone()));
  }

  /// Reads a block back and releases it.
  void take(Block block, byte[] into) throws IOException {
    switch (block) {
      case Block.InMemory(ByteBuffer bytes) -> {
        bytes.get(0, into, 0, BLOCK_BYTES);
        freeInMemory++;
      }
      case Block.InFile(long position) -> {
        var open = file.orElseThrow();
        open.seek(position);
        open.readFully(into, 0, BLOCK_BYTES);
        if (maxFileBytes > 0) {
          freeInFile.addLast(position);
        }
      }
    }
    released.signalAll();
  }

  /// The maximum size that the file has had.
  long fileBytes() {
    return fileBytes;
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      maxFileBytes = 0;
      if (file.isPresent()) {
        file.get().close();
        Files.deleteIfExists(path);
        file = Optional.empty();
      }
    } finally {
      lock.unlock();
    }
  }

  private Block write(byte[] bytes) throws IOException {
    long position = freeInFile.isEmpty() ? fileBytes : freeInFile.getFirst();
    var open = file();
    open.seek(position);
    open.write(bytes, 0, BLOCK_BYTES);
    if (freeInFile.isEmpty()) {
      fileBytes += BLOCK_BYTES;
    } else {
      freeInFile.removeFirst();
    }
    return new Block.InFile(position);
  }

  /// The spool file. Not a channel: a channel closes when the thread that uses it is interrupted.
  private RandomAccessFile file() throws IOException {
    if (file.isPresent()) {
      return file.get();
    }
    // Readable by its owner only.
    path = Files.createTempFile("diagbundle-", ".spool");
    var open = new RandomAccessFile(path.toFile(), "rw");
    file = Optional.of(open);
    try {
      Files.delete(path);
    } catch (IOException e) {
      // If an open file cannot be deleted, closing deletes it, or else the exit of the VM.
      path.toFile().deleteOnExit();
    }
    return open;
  }

  /// The failure of a log for which there is no more room.
  static final class SpoolFullException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolFullException(String message) {
      super(message);
    }
  }
}
