package dev.diagbundle.cli.terminal;

import picocli.CommandLine.Option;

/// How much a command says beside its result.
public final class Verbosity {
  @Option(
      names = {"-q", "--quiet"},
      description = "Say nothing but errors.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log every request on standard error, for developers.")
  void setVerbose(boolean verbose) {
    if (verbose) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
    }
  }

  public boolean quiet() {
    return quiet;
  }
}
