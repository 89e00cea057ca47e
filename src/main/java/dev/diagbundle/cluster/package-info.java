/// One Kubernetes API server, as this project needs it: streaming answers, lists in chunks, node
/// logs. The port is [dev.diagbundle.cluster.Cluster].
///
/// This package owns fabric8 and the rules of retry, pacing and timeouts. It knows neither profiles
/// nor bundles.
@NullMarked
package dev.diagbundle.cluster;

import org.jspecify.annotations.NullMarked;
