/// The state of the cluster in the report: [NodesSection], [WorkloadsSection] and [EventsSection],
/// read from the objects in the bundle.
///
/// It does not depend on the timeline, which is built from the same objects.
@NullMarked
package dev.diagbundle.report.cluster;

import org.jspecify.annotations.NullMarked;
