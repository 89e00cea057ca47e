/// Logs of containers, cut to a time window: [ContainerLog] reads them through the API server,
/// [ContainerFile] reads the rotated files on the node in the formats of CRI and Docker. The
/// package does not depend on node services; the caller selects the pods.
@NullMarked
package dev.diagbundle.cluster.podlog;

import org.jspecify.annotations.NullMarked;
