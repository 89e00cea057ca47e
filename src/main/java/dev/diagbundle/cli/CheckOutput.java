package dev.diagbundle.cli;

/// The form of a check on standard output.
enum CheckOutput {
  /// A table for people.
  TEXT,
  /// Everything, for programs.
  JSON,
  /// The smallest roles, for `kubectl apply -f -`.
  YAML
}
