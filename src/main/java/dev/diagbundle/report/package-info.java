/// The report: a bundle's contents rendered as one self-contained HTML page. All data is taken to
/// be hostile; it reaches the page through the escaping of the templates only.
///
/// This package owns FreeMarker.
@NullMarked
package dev.diagbundle.report;

import org.jspecify.annotations.NullMarked;
