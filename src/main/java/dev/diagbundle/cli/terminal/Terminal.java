package dev.diagbundle.cli.terminal;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The standard output and error of the process: one for results, the other for messages.
///
/// @param out stream of results
/// @param err stream of progress and messages
/// @param live whether `err` is a terminal on which lines can be overwritten
/// @param colored whether `err` may be given colours
/// @param shown whether `out` is a terminal, which interprets control characters
/// @param rawOut the stream below `out`; unlike `out` it keeps the reason of a failure
public record Terminal(
    PrintStream out,
    PrintStream err,
    boolean live,
    boolean colored,
    boolean shown,
    OutputStream rawOut) {
  /// The launcher detects whether standard error is a terminal; Java cannot.
  private static final String LAUNCHER_SAYS = "diagbundle.terminal";

  /// The same for standard output.
  private static final String LAUNCHER_SAYS_OF_OUTPUT = "diagbundle.terminal.output";

  private static final int BUFFER_BYTES = 64 * 1024;

  /// Streams whose standard output is not a terminal.
  public Terminal(PrintStream out, PrintStream err, boolean live, boolean colored) {
    this(out, err, live, colored, false, out);
  }

  public static Terminal ofProcess(
      PrintStream out, OutputStream rawOut, PrintStream err, Map<String, String> environment) {
    boolean terminal = Boolean.getBoolean(LAUNCHER_SAYS) && !"dumb".equals(environment.get("TERM"));
    // https://no-color.org: any value that is not empty.
    boolean colored = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    boolean shown = Boolean.getBoolean(LAUNCHER_SAYS_OF_OUTPUT);
    return new Terminal(out, err, terminal, colored, shown, rawOut);
  }

  /// The same streams for styled text to `out`: coloured only if that is a terminal.
  public Terminal forOutput() {
    return new Terminal(out, err, live, colored && shown, shown, rawOut);
  }

  public PrintWriter outWriter() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  public PrintWriter errWriter() {
    return new PrintWriter(err, true, StandardCharsets.UTF_8);
  }

  /// The reason why `out` could not be written, if known.
  Optional<IOException> outFailure() {
    return out instanceof ResultStream result ? result.failure() : Optional.empty();
  }

  /// A stream for a result that may be long and come from anywhere: harmless on a terminal, byte
  /// for byte elsewhere. Closing it only flushes; it fails with [ResultOutputStream.Failure].
  public OutputStream result() {
    return shownOn(rawResult());
  }

  /// A stream for the parts of a result that are harmless already. Closing it only flushes.
  public OutputStream rawResult() {
    return new ResultOutputStream(new BufferedOutputStream(rawOut, BUFFER_BYTES));
  }

  /// A stream for what may come from anywhere, between what is written to the other: it passes on
  /// whole lines.
  public OutputStream shownOn(OutputStream plain) {
    return shown ? new PrintableOutputStream(plain) : plain;
  }

  /// Prints the notices of a bundle, unless only errors are printed.
  public void note(List<String> notices, Verbosity verbosity) {
    if (!verbosity.quiet()) {
      notices.forEach(notice -> say("diagbundle: note: " + notice));
    }
  }

  /// Prints a line of the result, with control characters escaped.
  public void printResult(String line) {
    out.println(Printable.line(line));
    out.flush();
  }

  /// Passes the result on.
  ///
  /// @throws DiagbundleException if standard output was closed
  public void flushResult() throws DiagbundleException {
    out.flush();
    if (out.checkError()) {
      throw new DiagbundleException(
          Problem.failure("cannot write to standard output: it was closed"));
    }
  }

  /// Prints a message line, with control characters escaped.
  public void say(String line) {
    err.println(Printable.line(line));
  }

  /// The text in bold, where colours are allowed. The text must be harmless already.
  public String bold(String text) {
    return styled("1", text);
  }

  public String red(String text) {
    return styled("31", text);
  }

  public String yellow(String text) {
    return styled("33", text);
  }

  public String green(String text) {
    return styled("32", text);
  }

  public String dim(String text) {
    return styled("2", text);
  }

  private String styled(String code, String text) {
    return colored ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
