package dev.diagbundle.collect.source;

import dev.diagbundle.model.TimeWindow;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Which logs of containers' present runs the API server has given whole, and which are still to be
/// read. Kept where the files of these logs are wanted too. Safe for use by many threads.
final class PodLogTracker {
  private final Set<String> expected = new HashSet<>();
  private final Map<String, TimeWindow> whole = new HashMap<>();

  /// Remembers that the log is going to be read; [#end] follows if that is begun.
  synchronized void expect(String container) {
    if (!whole.containsKey(container)) {
      expected.add(container);
    }
  }

  synchronized void end(String container) {
    expected.remove(container);
    notifyAll();
  }

  /// Remembers that all lines of the window were read, which had ended before.
  synchronized void add(String container, TimeWindow window) {
    whole.put(container, window);
  }

  /// Whether all lines of the window were read.
  synchronized boolean has(String container, TimeWindow window) {
    var read = whole.get(container);
    return read != null && !read.from().isAfter(window.from()) && !read.to().isBefore(window.to());
  }

  /// Waits until none of these logs is to be read any more, but not for long.
  synchronized void await(Collection<String> containers, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!Collections.disjoint(containers, expected)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }
}
