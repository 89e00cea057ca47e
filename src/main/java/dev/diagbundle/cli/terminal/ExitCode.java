package dev.diagbundle.cli.terminal;

/// The exit codes of the program.
public final class ExitCode {
  /// Success.
  public static final int OK = 0;

  /// Failure, without a bundle.
  public static final int FAILED = 1;

  /// Usage error or invalid profile; nothing was done.
  public static final int USAGE = 2;

  /// A bundle with gaps.
  public static final int INCOMPLETE = 3;

  /// A failed check.
  public static final int CHECK_FAILED = 4;

  /// Interrupted by SIGINT, as shells count (128 + 2); there is a bundle.
  public static final int INTERRUPTED = 130;

  /// Standard output closed by its reader, as shells count SIGPIPE (128 + 13).
  public static final int OUTPUT_CLOSED = 141;

  /// Interrupted by SIGTERM (128 + 15); there is a bundle.
  public static final int TERMINATED = 143;

  private ExitCode() {}

  /// The code of a run that was interrupted by the signal.
  public static int ofSignal(String name) {
    return name.equals("TERM") ? TERMINATED : INTERRUPTED;
  }
}
