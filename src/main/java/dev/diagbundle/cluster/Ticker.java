package dev.diagbundle.cluster;

import java.time.Duration;

/// The passing of time between two attempts or two requests, so that tests need not wait.
@FunctionalInterface
public interface Ticker {
  /// Waits in earnest.
  Ticker SYSTEM = Thread::sleep;

  /// Returns when so much time has gone by.
  void sleep(Duration length) throws InterruptedException;
}
