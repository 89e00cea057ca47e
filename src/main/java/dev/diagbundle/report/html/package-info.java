/// The HTML of the report: FreeMarker and its restrictions ([PageTemplate]), escaping, links
/// ([Href]) and the formats of counts and times ([TextFormat]). All data is untrusted; it reaches
/// the page through the escaping of the templates only. This package owns FreeMarker.
///
/// It does not depend on the sections of the page.
@NullMarked
package dev.diagbundle.report.html;

import org.jspecify.annotations.NullMarked;
