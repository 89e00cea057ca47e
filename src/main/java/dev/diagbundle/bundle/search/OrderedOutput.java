package dev.diagbundle.bundle.search;

import module java.base;

import dev.diagbundle.model.BlockOutputStream;
import java.util.concurrent.locks.Condition;

/// An output stream that many threads write to in a fixed order. An early thread keeps a little in
/// memory, then waits: memory does not grow with the output.
final class OrderedOutput {
  private static final int MAX_WAITING_BYTES = 128 * 1024;

  /// The maximum number of turns that are open at a time.
  private static final int MAX_AHEAD = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition next = lock.newCondition();
  private final OutputStream out;
  private final Map<Integer, byte[]> finished = new HashMap<>();
  private int current;
  private Optional<IOException> failure = Optional.empty();

  OrderedOutput(OutputStream out) {
    this.out = out;
  }

  /// The turn with this number, from 0. Every turn must start, in this order, and be closed.
  Turn turn(int number) {
    return new Turn(number);
  }

  /// The output of one thread.
  final class Turn extends BlockOutputStream {
    private final int number;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    private Turn(int number) {
      this.number = number;
    }

    /// Waits while too many are ahead.
    void begin() throws IOException, InterruptedException {
      lock.lock();
      try {
        while (number - current > MAX_AHEAD && failure.isEmpty()) {
          next.await();
        }
        requireWritable();
      } finally {
        lock.unlock();
      }
    }

    /// @throws IOException if the stream has failed, for whomever
    void requireWritable() throws IOException {
      lock.lock();
      try {
        if (failure.isPresent()) {
          throw failure.get();
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      waiting.write(bytes, from, count);
      if (waiting.size() > MAX_WAITING_BYTES) {
        awaitTurn();
        pass(waiting.toByteArray());
        waiting.reset();
      }
    }

    /// Passes on the waiting output if it is this turn, and that of finished later turns; else
    /// leaves it to the current turn.
    @Override
    public void close() throws IOException {
      lock.lock();
      try {
        finished.put(number, waiting.toByteArray());
        for (var bytes = finished.remove(current);
            bytes != null;
            bytes = finished.remove(current)) {
          current++;
          pass(bytes);
        }
      } finally {
        next.signalAll();
        lock.unlock();
      }
    }

    private void awaitTurn() throws IOException {
      lock.lock();
      try {
        while (current < number && failure.isEmpty()) {
          next.awaitUninterruptibly();
        }
        requireWritable();
      } finally {
        lock.unlock();
      }
    }

    private void pass(byte[] bytes) throws IOException {
      requireWritable();
      try {
        out.write(bytes);
      } catch (IOException e) {
        lock.lock();
        try {
          failure = Optional.of(e);
          next.signalAll();
        } finally {
          lock.unlock();
        }
        throw e;
      }
    }
  }
}
