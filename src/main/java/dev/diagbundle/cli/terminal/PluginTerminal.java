package dev.diagbundle.cli.terminal;

import module java.base;

import dev.diagbundle.kubeconfig.plugin.PluginHost;

/// The terminal as credential plugins use it: what they print to standard error appears as it
/// comes, and a live view of the progress waits for them.
public final class PluginTerminal implements PluginHost {
  /// The launcher detects whether standard input is a terminal; Java cannot.
  private static final String LAUNCHER_SAYS_OF_INPUT = "diagbundle.terminal.input";

  private final Terminal terminal;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger runs = new AtomicInteger();

  public PluginTerminal(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public boolean hasTerminalInput() {
    return Boolean.getBoolean(LAUNCHER_SAYS_OF_INPUT);
  }

  @Override
  public OutputStream errors() {
    return terminal.err();
  }

  @Override
  public void begin() {
    running.incrementAndGet();
    runs.incrementAndGet();
  }

  @Override
  public void waiting(String notice) {
    terminal.say("diagbundle: " + notice);
  }

  @Override
  public void end() {
    running.decrementAndGet();
  }

  /// Whether a plugin runs now.
  public boolean isBusy() {
    return running.get() > 0;
  }

  /// The number of runs that have begun.
  public int runs() {
    return runs.get();
  }
}
