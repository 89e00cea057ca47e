package dev.diagbundle.cli.options;

/// The output format of `check`.
public enum CheckFormat {
  /// A table for people.
  TEXT,
  /// Everything, for programs.
  JSON,
  /// The least-privilege roles, for `kubectl apply -f -`.
  YAML
}
