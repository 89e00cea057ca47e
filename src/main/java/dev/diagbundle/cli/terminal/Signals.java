package dev.diagbundle.cli.terminal;

import java.util.function.Consumer;

/// The signals that ask a process to end.
public interface Signals {
  /// Signals that never come.
  Signals NONE = onFirst -> {};

  /// From now on, the first SIGINT or SIGTERM calls the listener, on a thread of its own, and the
  /// second ends the process at once.
  ///
  /// @param onFirst is given the signal's name, `INT` or `TERM`
  void listen(Consumer<String> onFirst);
}
