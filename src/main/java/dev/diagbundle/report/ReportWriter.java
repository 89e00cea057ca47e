package dev.diagbundle.report;

import module java.base;

import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.html.PageTemplate;
import dev.diagbundle.report.timeline.LogErrors;

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
  /// @return what the page says first, a line each
  /// @throws IOException if the stream cannot be written
  public List<String> write(BundleContents contents, OutputStream out) throws IOException {
    return write(contents, FindingsIndex.of(contents), LogErrors.of(contents), out);
  }

  /// Writes the page of the bundle with what an analysis of it found, wherever that was kept.
  public List<String> write(
      BundleContents contents, FindingsIndex findings, LogErrors patterns, OutputStream out)
      throws IOException {
    var page = Page.of(contents, findings, patterns);
    template.render(page, out);
    return page.verdict().lines();
  }
}
