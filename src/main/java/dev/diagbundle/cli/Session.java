package dev.diagbundle.cli;

import java.time.Clock;
import java.util.Map;

/// What commands get from the process that they run in.
///
/// @param terminal where to print
/// @param environment the environment variables
/// @param clock the local clock
/// @param signals that a run hears of
record Session(Terminal terminal, Map<String, String> environment, Clock clock, Signals signals) {
  Session {
    environment = Map.copyOf(environment);
  }
}
