package dev.diagbundle.cli.terminal;

import java.io.InputStream;
import java.time.Clock;
import java.util.Map;

/// The process as commands see it.
///
/// @param terminal where to print
/// @param environment the environment variables
/// @param clock the local clock
/// @param signals that a run hears of
/// @param standardInput of the process
public record Session(
    Terminal terminal,
    Map<String, String> environment,
    Clock clock,
    Signals signals,
    InputStream standardInput) {
  public Session {
    environment = Map.copyOf(environment);
  }

  /// A session without standard input.
  public Session(Terminal terminal, Map<String, String> environment, Clock clock, Signals signals) {
    this(terminal, environment, clock, signals, InputStream.nullInputStream());
  }
}
