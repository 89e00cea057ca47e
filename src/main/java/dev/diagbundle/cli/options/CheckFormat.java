package dev.diagbundle.cli.options;

/// The form of a check on standard output.
public enum CheckFormat {
  /// A table for people.
  TEXT,
  /// Everything, for programs.
  JSON,
  /// The smallest roles, for `kubectl apply -f -`.
  YAML
}
