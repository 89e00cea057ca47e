/// The collection of diagnostic data from clusters into one bundle. [Collector] opens the bundle,
/// runs one [ClusterRun] per cluster within the limits, adds findings and report, and completes the
/// manifest.
///
/// It does not know how findings are made or how the report is rendered, and it prints nothing.
@NullMarked
package dev.diagbundle.collect;

import org.jspecify.annotations.NullMarked;
