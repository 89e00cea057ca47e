package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.cluster.nodelog.ServiceLog.Form;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.nodelogs.SpoolSpace.Block;
import dev.diagbundle.nodelogs.SpoolSpace.SpoolFullException;

/// The buffer of one log's data that was received but not read yet: frames, each an entry or a part
/// of one, with the time of that entry. One thread writes, another one reads; memory holds two
/// blocks, the [SpoolSpace] the rest.
final class LogSpool {
  static final int MAX_FRAME_BYTES = 8 << 10;
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

  /// The log's node and service.
  final LogName name;

  /// Its place among all logs.
  final int index;

  private final SpoolSpace space;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final ByteBuffer writtenHeader = ByteBuffer.allocate(HEADER_BYTES);
  private final ByteBuffer readHeader = ByteBuffer.allocate(HEADER_BYTES);
  private byte[] head = {};
  private int headAt;
  private int headEnd;
  private byte[] tail = {};
  private int tailLength;
  private boolean awaited;
  private boolean begun;
  private long begunNanos;
  private long written;
  private Form form = Form.JOURNAL;
  private Optional<Outcome> outcome = Optional.empty();

  LogSpool(LogName name, int index, SpoolSpace space) {
    this.name = name;
    this.index = index;
    this.space = space;
  }

  /// Marks the log as being requested.
  void begin() {
    locked(() -> {
      if (!begun) {
        begun = true;
        begunNanos = space.ticker.nanos();
        space.begun();
        space.arrived.signalAll();
      }
    });
  }

  void setForm(Form known) {
    locked(() -> {
      form = known;
      space.arrived.signalAll();
    });
  }

  /// Marks the log as ended.
  void end(Outcome how) {
    begin();
    locked(() -> {
      if (outcome.isEmpty()) {
        outcome = Optional.of(how);
        space.arrived.signalAll();
      }
    });
  }

  /// Adds a frame of at most [#MAX_FRAME_BYTES]. Waits for room, if waiting can help.
  ///
  /// @param micros the time of the entry that it begins, or [LineStamp#NONE] if it continues one
  /// @throws SpoolFullException if there is no room and will be none in time
  void append(long micros, byte[] bytes, int from, int to)
      throws IOException, InterruptedException {
    space.lock.lockInterruptibly();
    try {
      int length = HEADER_BYTES + to - from;
      while (SpoolSpace.BLOCK_BYTES - tailLength < length && !canPush()) {
        if (!space.mayWait()) {
          throw new SpoolFullException(
              "there is no more room to keep it for merging ("
                  + ByteSize.format(space.fileBytes())
                  + " are kept)");
        }
        space.released.await();
      }
      writtenHeader.clear().putLong(micros).putInt(to - from);
      put(writtenHeader.array(), 0, HEADER_BYTES);
      put(bytes, from, to);
      written += to - from;
      if (awaited) {
        awaited = false;
        space.arrived.signalAll();
      }
    } finally {
      space.lock.unlock();
    }
  }

  /// The outcome of the log, if it has ended.
  Optional<Outcome> ending() {
    space.lock.lock();
    try {
      return outcome;
    } finally {
      space.lock.unlock();
    }
  }

  /// The number of bytes added, without the frames' own.
  long written() {
    space.lock.lock();
    try {
      return written;
    } finally {
      space.lock.unlock();
    }
  }

  // The methods below are for the reader, which holds the lock of the space.

  boolean isBegun() {
    return begun;
  }

  long begunNanos() {
    return begunNanos;
  }

  Form form() {
    return form;
  }

  Optional<Outcome> outcome() {
    return outcome;
  }

  boolean hasFrame() {
    return headAt < headEnd || !blocks.isEmpty() || tailLength > 0;
  }

  /// Waits, on the reader's thread, for more of this log.
  void await() {
    awaited = true;
  }

  /// Reads the start of the next frame, which must exist.
  ///
  /// @return as it was given to [#append]
  long readTime() throws IOException {
    read(readHeader.array(), HEADER_BYTES);
    return readHeader.getLong(0);
  }

  /// Reads the rest of the frame whose time was read.
  ///
  /// @return number of bytes
  int readBytes(byte[] into) throws IOException {
    int length = readHeader.getInt(Long.BYTES);
    read(into, length);
    return length;
  }

  private boolean canPush() {
    return (headAt == headEnd && blocks.isEmpty()) || space.hasRoom();
  }

  private void put(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (tailLength == SpoolSpace.BLOCK_BYTES) {
        push();
      }
      if (tail.length == 0) {
        tail = new byte[SpoolSpace.BLOCK_BYTES];
      }
      int count = Math.min(to - at, SpoolSpace.BLOCK_BYTES - tailLength);
      System.arraycopy(bytes, at, tail, tailLength, count);
      tailLength += count;
      at += count;
    }
  }

  private void push() {
    if (headAt == headEnd && blocks.isEmpty()) {
      swap();
      return;
    }
    blocks.addLast(space.keep(tail));
    tailLength = 0;
  }

  /// Continues the reading with the block that the writer has begun.
  private void swap() {
    var empty = head;
    head = tail;
    headAt = 0;
    headEnd = tailLength;
    tail = empty;
    tailLength = 0;
  }

  private void read(byte[] into, int length) throws IOException {
    int at = 0;
    while (at < length) {
      if (headAt == headEnd) {
        advance();
      }
      int count = Math.min(length - at, headEnd - headAt);
      System.arraycopy(head, headAt, into, at, count);
      headAt += count;
      at += count;
    }
    if (headAt == headEnd) {
      space.released.signalAll();
    }
  }

  private void advance() throws IOException {
    if (blocks.isEmpty()) {
      swap();
      return;
    }
    if (head.length == 0) {
      head = new byte[SpoolSpace.BLOCK_BYTES];
    }
    space.take(blocks.removeFirst(), head);
    headAt = 0;
    headEnd = SpoolSpace.BLOCK_BYTES;
  }

  private void locked(Runnable change) {
    space.lock.lock();
    try {
      change.run();
    } finally {
      space.lock.unlock();
    }
  }
}
