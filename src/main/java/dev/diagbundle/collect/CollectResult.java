package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.manifest.Manifest;

/// The result of a finished run.
///
/// @param file the bundle's name, as accepted by every command
/// @param files the bundle file, or the parts that it was split into
/// @param bytes its size
/// @param manifest of the requested items and their outcomes
/// @param lookFirst first statements of the report, one line each
/// @param reportProblem reason why the report is missing; empty if it is present
public record CollectResult(
    Path file,
    List<Path> files,
    long bytes,
    Manifest manifest,
    List<String> lookFirst,
    String reportProblem) {
  public CollectResult {
    files = List.copyOf(files);
    lookFirst = List.copyOf(lookFirst);
  }

  /// Returns whether a requested item is not in the bundle.
  public boolean hasGaps() {
    return manifest.items().stream().anyMatch(item -> item.outcome().leavesGap());
  }

  /// Returns whether every requested item, and the report, is in the bundle.
  public boolean isComplete() {
    return !hasGaps() && manifest.run().interrupted().isEmpty() && reportProblem.isEmpty();
  }

  /// Returns whether the bundle was split.
  public boolean isSplit() {
    return !files.equals(List.of(file));
  }
}
