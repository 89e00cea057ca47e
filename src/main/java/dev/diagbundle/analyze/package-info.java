/// The analysis of a bundle. [BundleAnalyzer] reads each cluster of the bundle once, passes the
/// facts to every rule, and groups and ranks the findings by cause.
///
/// It does not contact a cluster, and does not depend on the presentation of the findings.
@NullMarked
package dev.diagbundle.analyze;

import org.jspecify.annotations.NullMarked;
