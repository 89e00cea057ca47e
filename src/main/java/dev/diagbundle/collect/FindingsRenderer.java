package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.read.BundleContents;

/// An analysis that finds problems in the collected data. The collection does not depend on its
/// implementation.
@FunctionalInterface
public interface FindingsRenderer {
  /// Writes `findings.json`.
  ///
  /// @param contents of the bundle so far; when the time is up, its files end with a
  ///   [dev.diagbundle.bundle.DeadlineExceededException]
  /// @param out target, which is not closed
  void write(BundleContents contents, OutputStream out) throws IOException;

  /// Writes `log-patterns.json` from the data that [#write] has read.
  ///
  /// @param out target, which is not closed
  /// @return whether there is such a file
  /// @throws IOException if the reading failed
  default boolean writePatterns(OutputStream out) throws IOException {
    return false;
  }
}
