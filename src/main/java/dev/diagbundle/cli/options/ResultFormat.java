package dev.diagbundle.cli.options;

/// The form of a command's result on standard output.
public enum ResultFormat {
  /// For people.
  TEXT,
  /// For programs.
  JSON
}
