package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.manifest.Manifest;

/// A finished run.
///
/// @param file the bundle's name, under which every command reads it
/// @param files the bundle, or the parts that it was split into
/// @param bytes its size
/// @param manifest what was asked and what came of it
/// @param lookFirst what the report says first, a line each
/// @param reportProblem why the report is missing; empty if it is there
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

  /// Whether something that was asked for is not in the bundle.
  public boolean hasGaps() {
    return manifest.items().stream().anyMatch(item -> item.outcome().leavesGap());
  }

  /// Whether everything that was asked for, and the report, is in the bundle.
  public boolean isComplete() {
    return !hasGaps() && manifest.run().interrupted().isEmpty() && reportProblem.isEmpty();
  }

  /// Whether it was split.
  public boolean isSplit() {
    return !files.equals(List.of(file));
  }
}
