package dev.diagbundle.report;

import dev.diagbundle.bundle.BundleContents;
import java.io.IOException;
import java.io.OutputStream;

/// Writes the report: one HTML page that needs nothing but itself to be read, and whose links lead
/// to the files of the bundle beside it.
///
/// The page is made of nothing but the bundle: the same bundle gives the same bytes. Files that are
/// absent, empty or damaged make it say less, and never make it fail. One writer can write many
/// pages, from several threads.
public final class ReportWriter {
  private final PageTemplate template = new PageTemplate();

  /// Writes the page of the bundle. Flushes the stream and leaves it open.
  ///
  /// @throws IOException if the stream cannot be written
  public void write(BundleContents contents, OutputStream out) throws IOException {
    template.render(Page.of(contents), out);
  }
}
