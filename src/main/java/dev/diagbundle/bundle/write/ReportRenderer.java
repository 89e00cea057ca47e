package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.read.BundleContents;

/// The renderer of a bundle's report page. The collection does not know how.
@FunctionalInterface
public interface ReportRenderer {
  /// Writes the page.
  ///
  /// @param contents the bundle, all but the page
  /// @param out is not closed
  /// @return what the page says first, a line each
  List<String> render(BundleContents contents, OutputStream out) throws IOException;
}
