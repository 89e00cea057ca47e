package dev.diagbundle.cli;

/// The form of a command's result on standard output.
enum ResultForm {
  /// For people.
  TEXT,
  /// For programs.
  JSON
}
