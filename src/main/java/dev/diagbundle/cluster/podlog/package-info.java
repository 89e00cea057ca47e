/// Logs of containers, cut to a time window: [ContainerLog] reads them through the API server,
/// [ContainerFile] reads the rotated files on the node in the formats of CRI and Docker. It knows
/// nothing of node services; which pods are meant is the caller's decision.
@NullMarked
package dev.diagbundle.cluster.podlog;

import org.jspecify.annotations.NullMarked;
