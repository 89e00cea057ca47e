package dev.diagbundle.cli.terminal;

import picocli.CommandLine.Option;

/// Options for the messages of a command.
public final class Verbosity {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print errors only.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log requests to standard error.")
  void setVerbose(boolean verbose) {
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
    }
  }

  public boolean quiet() {
    return quiet;
  }
}
