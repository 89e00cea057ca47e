package dev.diagbundle.bundle.write;

import dev.diagbundle.bundle.read.BundleContents;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

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
