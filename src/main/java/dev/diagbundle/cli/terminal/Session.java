package dev.diagbundle.cli.terminal;

import module java.base;

import dev.diagbundle.model.Ticker;

/// The process as commands see it.
///
/// @param terminal the standard output and error
/// @param environment the environment variables
/// @param clock the local clock
/// @param ticker the clock for the waits of runs
/// @param signals that a run receives
/// @param standardInput of the process
public record Session(
    Terminal terminal,
    Map<String, String> environment,
    Clock clock,
    Ticker ticker,
    Signals signals,
    InputStream standardInput) {
  public Session {
    environment = Map.copyOf(environment);
  }

  /// A session without standard input.
  public Session(Terminal terminal, Map<String, String> environment, Clock clock, Signals signals) {
    this(terminal, environment, clock, Ticker.SYSTEM, signals, InputStream.nullInputStream());
  }
}
