package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.ProcessSignals;
import dev.diagbundle.cli.terminal.ResultStream;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.model.Ticker;
import picocli.CommandLine;

/// The entry point of the program.
public final class Main {
  private Main() {}

  /// Runs the command of the process, and ends it.
  public static void main(String[] args) {
    var rawOut = new java.io.FileOutputStream(java.io.FileDescriptor.out);
    var out = new ResultStream(rawOut);
    var err =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
    var terminal = Terminal.ofProcess(out, rawOut, err, System.getenv());
    int code =
        run(
            new Session(
                terminal,
                System.getenv(),
                Clock.systemUTC(),
                Ticker.SYSTEM,
                new ProcessSignals(),
                System.in),
            args);
    terminal.out().flush();
    // Not System.exit: nothing is left to clean up, and its hooks cost time.
    Runtime.getRuntime().halt(code);
  }

  /// Runs one command, with plain output and nothing of the process but its arguments.
  ///
  /// @param out takes the result
  /// @param err takes progress and messages
  /// @return the exit code
  public static int run(
      OutputStream out, OutputStream err, Map<String, String> environment, String... args) {
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    return run(new Session(terminal, environment, Clock.systemUTC(), Signals.NONE), args);
  }

  public static int run(Session session, String... args) {
    try {
      return commands(session, args).execute(args);
    } catch (OutOfMemoryError _) {
      session.terminal().say("diagbundle: out of memory");
      session.terminal().say("  raise the limit, as in DIAGBUNDLE_JAVA_OPTS=-Xmx1g");
      return ExitCode.FAILED;
    }
  }

  private static CommandLine commands(Session session, String... args) {
    var errors = new ErrorHandler(session.terminal());
    return DiagbundleCommand.of(session, args)
        .setOut(session.terminal().outWriter())
        .setErr(session.terminal().errWriter())
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                session.terminal().colored()
                    ? CommandLine.Help.Ansi.ON
                    : CommandLine.Help.Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(80)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }
}
