package dev.diagbundle.cli.terminal;

import java.util.Optional;
import java.util.function.Consumer;

/// Keeps a signal that comes before there is a run to stop. Safe for use by several threads.
public final class PendingStop {
  private Optional<String> heard = Optional.empty();
  private Optional<Consumer<String>> run = Optional.empty();

  /// Hears a signal.
  public synchronized void on(String signal) {
    heard = Optional.of(signal);
    run.ifPresent(stop -> stop.accept(signal));
  }

  /// Names what to stop; if a signal was heard already, it is told at once.
  public synchronized void attach(Consumer<String> stop) {
    run = Optional.of(stop);
    heard.ifPresent(stop);
  }
}
