/// The report: a bundle's contents rendered as one self-contained HTML page. All data is taken to
/// be hostile; it reaches the page through the escaping of the templates only. Start with
/// [dev.diagbundle.report.ReportWriter].
///
/// Each section is a record that a function of its own makes of the bundle, and a template of the
/// same name in `templates/` that shows it.
///
/// This package owns FreeMarker.
@NullMarked
package dev.diagbundle.report;

import org.jspecify.annotations.NullMarked;
