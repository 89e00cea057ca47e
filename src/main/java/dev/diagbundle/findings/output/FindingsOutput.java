package dev.diagbundle.findings.output;

import module java.base;

import dev.diagbundle.findings.Analysis;

/// An output format of findings. Text from the cluster is hostile: each format escapes it for its
/// readers.
public interface FindingsOutput {
  /// Writes the whole analysis. Flushes the stream and leaves it open.
  ///
  /// @param name the bundle's name, for titles
  void write(Analysis analysis, String name, OutputStream out) throws IOException;
}
