package dev.diagbundle.report;

import module java.base;

import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.html.PageTemplate;
import dev.diagbundle.report.timeline.LogErrors;

/// A writer of the report: one self-contained HTML page, whose links lead to the files of the
/// bundle beside it.
///
/// The page depends on the bundle only: the same bundle gives the same bytes. Absent, empty or
/// damaged files reduce its content, and never cause a failure. One writer can write many pages,
/// from several threads.
public final class ReportWriter {
  private final PageTemplate template = new PageTemplate();

  /// Writes the page of the bundle. Flushes the stream and leaves it open.
  ///
  /// @return the verdict of the page, one element for each line
  /// @throws IOException if the stream cannot be written
  public List<String> write(BundleContents contents, OutputStream out) throws IOException {
    return write(contents, FindingsIndex.of(contents), LogErrors.of(contents), out);
  }

  /// Writes the page of the bundle with the results of an analysis, which may be stored elsewhere.
  public List<String> write(
      BundleContents contents, FindingsIndex findings, LogErrors patterns, OutputStream out)
      throws IOException {
    var page = Page.of(contents, findings, patterns);
    template.render(page, out);
    return page.verdict().lines();
  }
}
