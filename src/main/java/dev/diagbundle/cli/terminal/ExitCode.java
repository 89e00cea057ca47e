package dev.diagbundle.cli.terminal;

/// The exit codes of the program.
public final class ExitCode {
  /// Done, and nothing is missing.
  public static final int OK = 0;

  /// It could not be done; there is no bundle.
  public static final int FAILED = 1;

  /// The call or a profile is wrong; nothing was done.
  public static final int USAGE = 2;

  /// There is a bundle, and something that was asked for is not in it.
  public static final int INCOMPLETE = 3;

  /// Something that was checked is not as it should be.
  public static final int CHECK_FAILED = 4;

  /// Ended by SIGINT, as shells count (128 + 2); there is a bundle.
  public static final int INTERRUPTED = 130;

  /// Whoever reads standard output has closed it, as shells count SIGPIPE (128 + 13).
  public static final int OUTPUT_CLOSED = 141;

  /// Ended by SIGTERM (128 + 15); there is a bundle.
  static final int TERMINATED = 143;

  private ExitCode() {}

  /// The code for a run that was ended by the signal.
  public static int ofSignal(String name) {
    return name.equals("TERM") ? TERMINATED : INTERRUPTED;
  }
}
