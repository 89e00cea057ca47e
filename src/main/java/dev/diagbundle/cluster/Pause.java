package dev.diagbundle.cluster;

import java.time.Duration;

/// Waiting between two requests to the same node, so that tests need not wait.
@FunctionalInterface
public interface Pause {
  /// Waits in earnest.
  Pause REAL = Thread::sleep;

  /// Returns when so much time has gone by.
  void last(Duration length) throws InterruptedException;
}
