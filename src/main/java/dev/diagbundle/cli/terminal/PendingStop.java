package dev.diagbundle.cli.terminal;

import module java.base;

/// Holder of a signal that arrives before there is a run to stop. Safe for use by several threads.
public final class PendingStop {
  private Optional<String> heard = Optional.empty();
  private Optional<Consumer<String>> run = Optional.empty();

  /// Stops the run, or keeps the signal for it.
  public synchronized void on(String signal) {
    heard = Optional.of(signal);
    run.ifPresent(stop -> stop.accept(signal));
  }

  /// Sets what to stop, which is stopped at once if a signal has arrived.
  public synchronized void attach(Consumer<String> stop) {
    run = Optional.of(stop);
    heard.ifPresent(stop);
  }
}
