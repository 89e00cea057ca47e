/// The bundle as input of the report's sections: [BundleFiles] streams entries, lines and JSON
/// objects without failing on damaged files.
///
/// It does not depend on the sections of the page.
@NullMarked
package dev.diagbundle.report.input;

import org.jspecify.annotations.NullMarked;
