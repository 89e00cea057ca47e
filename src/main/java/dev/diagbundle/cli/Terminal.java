package dev.diagbundle.cli;

import dev.diagbundle.model.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// The two streams of the process: results go to one, progress and messages to the other.
///
/// @param out takes results
/// @param err takes progress and messages
/// @param live whether `err` is a terminal on which lines can be written over
/// @param colored whether `err` may be given colours
/// @param shown whether `out` is a terminal, which obeys the control characters that it gets
record Terminal(PrintStream out, PrintStream err, boolean live, boolean colored, boolean shown) {
  /// The launcher knows whether standard error is a terminal; Java cannot ask.
  private static final String LAUNCHER_SAYS = "diagbundle.terminal";

  /// The same of standard output.
  private static final String LAUNCHER_SAYS_OF_OUTPUT = "diagbundle.terminal.output";

  /// Streams of which the first is no terminal.
  Terminal(PrintStream out, PrintStream err, boolean live, boolean colored) {
    this(out, err, live, colored, false);
  }

  static Terminal ofProcess(PrintStream out, PrintStream err, Map<String, String> environment) {
    boolean terminal = Boolean.getBoolean(LAUNCHER_SAYS) && !"dumb".equals(environment.get("TERM"));
    // https://no-color.org: any value that is not empty.
    boolean colored = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(out, err, terminal, colored, Boolean.getBoolean(LAUNCHER_SAYS_OF_OUTPUT));
  }

  PrintWriter outWriter() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  PrintWriter errWriter() {
    return new PrintWriter(err, true, StandardCharsets.UTF_8);
  }

  /// Why `out` could not be written, if that is known.
  Optional<IOException> outFailure() {
    return out instanceof ResultStream result ? result.failure() : Optional.empty();
  }

  /// Prints a message line, made harmless.
  void say(String line) {
    err.println(Printable.line(line));
  }

  /// The text in bold, where colours are allowed. The text must be harmless already.
  String bold(String text) {
    return styled("1", text);
  }

  String red(String text) {
    return styled("31", text);
  }

  String yellow(String text) {
    return styled("33", text);
  }

  String green(String text) {
    return styled("32", text);
  }

  String dim(String text) {
    return styled("2", text);
  }

  private String styled(String code, String text) {
    return colored ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
