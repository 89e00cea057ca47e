package dev.diagbundle.cli.terminal;

import dev.diagbundle.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/// One run of the program inside the test's process.
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

  /// A run whose machine has this clock.
  static Run at(Clock clock, Signals signals, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    int code = Main.run(new Session(terminal, Map.of(), clock, signals), args);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
