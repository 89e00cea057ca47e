package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.model.TimeWindow;
import java.util.Collection;
import java.util.concurrent.locks.Condition;

/// The tracker of the logs of containers' present runs: those that the API server has returned
/// whole, and those still to be read. Used if the files of these logs are requested too. Safe for
/// use by many threads.
final class PodLogTracker {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Set<String> expected = new HashSet<>();
  private final Map<String, TimeWindow> whole = new ConcurrentHashMap<>();

  /// Records that the log is going to be read; [#end] follows if the reading starts.
  void expect(String container) {
    lock.lock();
    try {
      if (!whole.containsKey(container)) {
        expected.add(container);
      }
    } finally {
      lock.unlock();
    }
  }

  void end(String container) {
    lock.lock();
    try {
      expected.remove(container);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Records that all lines of the window were read, which had ended before.
  void add(String container, TimeWindow window) {
    whole.put(container, window);
  }

  /// Returns whether all lines of the window were read.
  boolean has(String container, TimeWindow window) {
    var read = whole.get(container);
    return read != null && !read.from().isAfter(window.from()) && !read.to().isBefore(window.to());
  }

  /// Waits until none of these logs is to be read any more, up to a maximum time.
  void await(Collection<String> containers, Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (left > 0 && !Collections.disjoint(containers, expected)) {
        left = ended.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
