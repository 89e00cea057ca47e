package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.read.BundleContents;

/// The renderer of a bundle's report page. The collection does not depend on its implementation.
@FunctionalInterface
public interface ReportRenderer {
  /// Writes the page.
  ///
  /// @param contents the bundle, all but the page
  /// @param out is not closed
  /// @return the first statements of the page, a line each
  List<String> render(BundleContents contents, OutputStream out) throws IOException;
}
