/// API objects rendered as the text of kubectl 1.36: [dev.diagbundle.describe.NodeDescription] for
/// `kubectl describe node`, [dev.diagbundle.describe.PodDescription] for `kubectl describe pod`,
/// [dev.diagbundle.describe.DescribedKind] for workloads, Services and claims,
/// [dev.diagbundle.describe.EventTable] for `kubectl events`. Everything here is a function from
/// objects and a [dev.diagbundle.describe.Viewpoint] to text.
///
/// Pods and events of a whole cluster are kept as [dev.diagbundle.describe.DescribedPod] and
/// [dev.diagbundle.describe.DescribedEvent], which are small; what other descriptions need of them,
/// of replica sets and of endpoint slices is counted in [dev.diagbundle.describe.Relations].
/// Objects are JSON and may be of any shape: what is missing or of another type is shown as if it
/// were not there.
///
/// This package asks nothing of a cluster, writes no file and knows no redaction: what must not be
/// seen has to be taken out of the objects before.
@NullMarked
package dev.diagbundle.describe;

import org.jspecify.annotations.NullMarked;
