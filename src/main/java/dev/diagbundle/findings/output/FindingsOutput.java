package dev.diagbundle.findings.output;

import module java.base;

import dev.diagbundle.findings.Analysis;

/// A form in which findings are shown. What comes from the cluster is hostile: each form makes it
/// harmless for who reads that form.
public interface FindingsOutput {
  /// Writes all of it. Flushes, and leaves the stream open.
  ///
  /// @param name the bundle's name, for titles
  void write(Analysis analysis, String name, OutputStream out) throws IOException;
}
