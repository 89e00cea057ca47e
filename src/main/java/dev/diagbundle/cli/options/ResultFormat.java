package dev.diagbundle.cli.options;

/// The output format of a result.
public enum ResultFormat {
  /// For people.
  TEXT,
  /// For programs.
  JSON
}
