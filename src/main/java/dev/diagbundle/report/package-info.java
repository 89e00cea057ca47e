/// The HTML report of a bundle, one self-contained page. [ReportWriter] builds the [Page], the
/// model of the templates, from the sections of the sub-packages, and renders it.
///
/// It does not contact a cluster, or compute an analysis.
@NullMarked
package dev.diagbundle.report;

import org.jspecify.annotations.NullMarked;
