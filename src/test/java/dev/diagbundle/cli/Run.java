package dev.diagbundle.cli;

import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.model.Ticker;
import dev.diagbundle.testing.SleeplessTicker;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/// One run of the program inside the test's process, whose pauses take no time.
///
/// @param code the exit code
/// @param out what went to standard output
/// @param err what went to standard error
public record Run(int code, String out, String err) {
  public static Run of(String... args) {
    return with(Signals.NONE, args);
  }

  static Run with(Signals signals, String... args) {
    return at(Clock.systemUTC(), signals, args);
  }

  /// A run that keeps its pace, by the clock of this machine.
  static Run inRealTime(String... args) {
    return at(Clock.systemUTC(), Ticker.SYSTEM, Signals.NONE, args);
  }

  /// A run whose machine has this clock.
  static Run at(Clock clock, Signals signals, String... args) {
    return at(clock, new SleeplessTicker(), signals, args);
  }

  private static Run at(Clock clock, Ticker ticker, Signals signals, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    int code =
        Main.run(
            new Session(terminal, Map.of(), clock, ticker, signals, InputStream.nullInputStream()),
            args);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
