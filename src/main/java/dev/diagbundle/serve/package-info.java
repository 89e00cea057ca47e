/// A replayed Kubernetes API on loopback, answered from recorded data instead of a cluster: object
/// requests, pod logs, the kubelet's log endpoints, access rules. Start with [ReplayServer] and
/// [ClusterData]. [ApiRouter] sends each request to the type that answers it. It serves the
/// demonstration cluster and the tests; it must not know the client side ([dev.diagbundle.cluster])
/// that is tested against it.
@NullMarked
package dev.diagbundle.serve;

import org.jspecify.annotations.NullMarked;
