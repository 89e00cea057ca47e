/// The bundle as the sections of the report read it: [BundleFiles] streams entries, lines and JSON
/// objects without failing on damaged files.
///
/// It does not know the sections of the page.
@NullMarked
package dev.diagbundle.report.input;

import org.jspecify.annotations.NullMarked;
