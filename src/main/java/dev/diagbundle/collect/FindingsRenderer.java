package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.read.BundleContents;

/// Looks for what is broken in what was collected. The collection does not know how.
@FunctionalInterface
public interface FindingsRenderer {
  /// Writes `findings.json`.
  ///
  /// @param contents what the bundle holds by now; when the time is up, its files end with a
  ///   [dev.diagbundle.bundle.DeadlineExceededException]
  /// @param out is not closed
  void write(BundleContents contents, OutputStream out) throws IOException;

  /// Writes `log-patterns.json`, of what [#write] has read.
  ///
  /// @param out is not closed
  /// @return whether there is such a file
  /// @throws IOException if the reading came to nothing
  default boolean writePatterns(OutputStream out) throws IOException {
    return false;
  }
}
